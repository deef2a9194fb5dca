package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Packets on their way out of a socket; those that the system does not take yet wait in order. */
final class Outbox {

  /** Hands one packet to the system: 0 where it takes none now. */
  @FunctionalInterface
  interface Writer {
    int write(ByteBuffer packet) throws IOException;
  }

  private final Writer writer;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

  Outbox(Writer writer) {
    this.writer = writer;
  }

  /** {@code false} where the packet waits: then {@link #flush()} when there is room again. */
  boolean send(ByteBuffer packet) throws IOException {
    if (waiting.isEmpty() && writer.write(packet) > 0) {
      return true;
    }
    waiting.add(packet);
    return false;
  }

  /**
   * Sends what waits, as far as there is room; {@code true} where nothing waits any more.
   *
   * @throws IOException where a packet cannot be sent, which is then forgotten
   */
  boolean flush() throws IOException {
    for (ByteBuffer next = waiting.poll(); next != null; next = waiting.poll()) {
      if (writer.write(next) == 0) {
        waiting.addFirst(next);
        return false;
      }
    }
    return true;
  }

  void clear() {
    waiting.clear();
  }
}
