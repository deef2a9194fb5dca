package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Outgoing packets of a socket; packets that the system does not accept yet wait in order. */
final class Outbox {

  /** Passes one packet to the system: 0 if it accepts none now. */
  @FunctionalInterface
  interface Writer {
    int write(ByteBuffer packet) throws IOException;
  }

  private final Writer writer;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

  Outbox(Writer writer) {
    this.writer = writer;
  }

  /** {@code false} if the packet waits: call {@link #flush()} when there is room again. */
  boolean send(ByteBuffer packet) throws IOException {
    if (waiting.isEmpty() && writer.write(packet) > 0) {
      return true;
    }
    waiting.add(packet);
    return false;
  }

  /**
   * Sends waiting packets while there is room; {@code true} if none is left.
   *
   * @throws IOException if a packet cannot be sent; it is dropped
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
