package dnsblmonitor.dnsbl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A full send buffer delays packets and loses none. */
class OutboxTest {

  private final List<String> sent = new ArrayList<>();
  private int room;
  private final Outbox outbox = new Outbox(this::write);

  private int write(ByteBuffer packet) {
    if (room == 0) {
      return 0;
    }
    room--;
    sent.add(US_ASCII.decode(packet).toString());
    return 1;
  }

  @Test
  void packetsThatFindNoRoomWaitInTheirOrder() throws IOException {
    room = 1;

    assertThat(send("a")).isTrue();
    assertThat(send("b")).isFalse();
    room = 1;
    assertThat(send("c")).as("not before the one that waits").isFalse();
    assertThat(sent).containsExactly("a");

    assertThat(outbox.flush()).as("one more waits").isFalse();
    assertThat(sent).containsExactly("a", "b");
    room = 5;
    assertThat(outbox.flush()).isTrue();
    assertThat(sent).containsExactly("a", "b", "c");
    assertThat(send("d")).isTrue();
  }

  @Test
  void clearedPacketsAreNotSent() throws IOException {
    send("a");
    outbox.clear();
    room = 5;

    assertThat(outbox.flush()).isTrue();
    assertThat(sent).isEmpty();
  }

  private boolean send(String packet) throws IOException {
    return outbox.send(ByteBuffer.wrap(packet.getBytes(US_ASCII)));
  }
}
