package dnsblmonitor.dnsbl;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One query and its answer over a dedicated connection (RFC 1035 4.2.2). Runs on the loop. */
final class TcpExchange {

  private static final int LENGTH_BYTES = 2;

  private final Loop loop;
  private final InetSocketAddress resolver;
  private final byte[] query;
  private final long expiryNanos;
  private final Consumer<TcpExchange> atEnd;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private final ByteBuffer toSend;
  private ByteBuffer toReceive = ByteBuffer.allocate(LENGTH_BYTES);
  private boolean lengthIsKnown;
  private @Nullable SocketChannel channel;
  private boolean started;
  private boolean over;

  /**
   * @param atEnd called once, after a start
   */
  TcpExchange(
      Loop loop,
      InetSocketAddress resolver,
      byte[] query,
      long expiryNanos,
      Consumer<TcpExchange> atEnd) {
    this.loop = loop;
    this.resolver = resolver;
    this.query = query;
    this.expiryNanos = expiryNanos;
    this.atEnd = atEnd;
    this.toSend =
        ByteBuffer.allocate(LENGTH_BYTES + query.length)
            .putShort((short) query.length)
            .put(query)
            .flip();
  }

  CompletableFuture<byte[]> answer() {
    return answer;
  }

  void start() {
    started = true;
    try {
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      opened.configureBlocking(false);
      int next = opened.connect(resolver) ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
      var _ = loop.register(opened, next, key -> ready(key, opened));
    } catch (IOException e) {
      loop.execute(() -> fail(e)); // not within the call that waits for the answer
    }
  }

  private void ready(SelectionKey key, SocketChannel connection) {
    try {
      if (key.isConnectable() && connection.finishConnect()) {
        key.interestOps(SelectionKey.OP_WRITE);
      }
      if (key.isValid() && key.isWritable()) {
        write(key, connection);
      }
      if (key.isValid() && key.isReadable()) {
        read(connection);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void write(SelectionKey key, SocketChannel connection) throws IOException {
    connection.write(toSend);
    if (!toSend.hasRemaining()) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  private void read(SocketChannel connection) throws IOException {
    while (true) {
      int count = connection.read(toReceive);
      if (count < 0) {
        throw new EOFException("the resolver closed the connection without an answer");
      }
      if (toReceive.hasRemaining()) {
        return;
      }
      if (lengthIsKnown) {
        heard(toReceive.array());
        return;
      }
      lengthIsKnown = true;
      toReceive = ByteBuffer.allocate(toReceive.flip().getShort() & 0xffff);
    }
  }

  private void heard(byte[] packet) throws IOException {
    if (!Packet.hasHeader(packet)
        || Packet.id(packet) != Packet.id(query)
        || !Packet.answers(packet, query)) {
      throw new IOException("the resolver's TCP answer does not match the query");
    }
    end();
    answer.complete(packet);
  }

  private void fail(IOException e) {
    end();
    answer.completeExceptionally(e);
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - expiryNanos >= 0;
  }

  /** Ends it, whether started or still waiting. */
  void cancel() {
    end();
    answer.cancel(false);
  }

  private void end() {
    if (started && !over) {
      over = true;
      closeChannel();
      atEnd.accept(this);
    }
  }

  private void closeChannel() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException _) {
        // it is gone either way
      }
    }
  }
}
