package dnsblmonitor.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own between a contender and the server: holds each packet for half of a round
 * trip and loses some, the same ones each time. One socket asks the server for all clients, under
 * message ids of its own. One thread; it polls while packets wait, so that delays hold to a
 * fraction of a millisecond.
 */
final class DelayProxy {

  private static final int LARGEST_PACKET = 4096;
  private static final int BUFFER_BYTES = 4 << 20;
  private static final long POLL_NANOS = 100_000;
  private static final long SEED = 5782;

  /** A packet and when it goes out. */
  private record Held(ByteBuffer packet, @Nullable SocketAddress to, long dueNanos) {}

  /** Who asked under one of our ids, and under which of its own. */
  private record Asker(SocketAddress client, short id) {}

  private final DatagramChannel clients;
  private final DatagramChannel server;
  private final Selector selector;
  private final long oneWayNanos;
  private final double lossEachWay;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final @Nullable Asker[] askers = new Asker[1 << 16];
  private final Queue<Held> toServer = new ArrayDeque<>();
  private final Queue<Held> toClients = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_PACKET);
  private int nextId;

  private DelayProxy(InetSocketAddress target, Duration roundTrip, double lossPercent)
      throws IOException {
    selector = Selector.open();
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    clients = channel().bind(any);
    server = channel().connect(target);
    oneWayNanos = roundTrip.toNanos() / 2;
    lossEachWay = lossPercent / 100 / 2;
  }

  /** {@code main <server's port> <round trip> <percent lost>}; prints the port to ask. */
  public static void main(String[] arguments) throws IOException {
    Children.endWithParent();
    InetSocketAddress target =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(arguments[0]));
    DelayProxy proxy =
        new DelayProxy(target, Duration.parse(arguments[1]), Double.parseDouble(arguments[2]));
    System.out.println(((InetSocketAddress) proxy.clients.getLocalAddress()).getPort());
    proxy.serve();
  }

  private DatagramChannel channel() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    channel.register(selector, SelectionKey.OP_READ);
    return channel;
  }

  private void serve() throws IOException {
    while (true) {
      int moved = takeQuestions() + takeAnswers() + sendDue(toServer) + sendDue(toClients);
      if (moved == 0) {
        pause();
      }
    }
  }

  private void pause() throws IOException {
    if (toServer.isEmpty() && toClients.isEmpty()) {
      selector.select();
      selector.selectedKeys().clear();
    } else {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private int takeQuestions() throws IOException {
    int moved = 0;
    for (SocketAddress client = receive(); client != null; client = receive()) {
      moved++;
      if (!isLost()) {
        int id = nextId++ & 0xffff;
        askers[id] = new Asker(client, buffer.getShort(0));
        hold(toServer, null, (short) id);
      }
    }
    return moved;
  }

  private @Nullable SocketAddress receive() throws IOException {
    buffer.clear();
    return clients.receive(buffer);
  }

  private int takeAnswers() throws IOException {
    int moved = 0;
    buffer.clear();
    while (server.read(buffer) > 0) {
      moved++;
      Asker asker = askers[buffer.getShort(0) & 0xffff];
      if (asker != null && !isLost()) {
        hold(toClients, asker.client(), asker.id());
      }
      buffer.clear();
    }
    return moved;
  }

  private boolean isLost() {
    return random.nextDouble() < lossEachWay;
  }

  private void hold(Queue<Held> queue, @Nullable SocketAddress to, short id) {
    ByteBuffer packet = ByteBuffer.allocate(buffer.position());
    packet.put(buffer.flip()).flip().putShort(0, id);
    queue.add(new Held(packet, to, System.nanoTime() + oneWayNanos));
  }

  /** The delay is the same for all, so the first to come is the first to go. */
  private int sendDue(Queue<Held> queue) throws IOException {
    int moved = 0;
    for (Held next = queue.peek(); next != null; next = queue.peek()) {
      if (next.dueNanos() - System.nanoTime() > 0) {
        break;
      }
      queue.remove();
      moved++;
      if (next.to() == null) {
        server.write(next.packet());
      } else {
        clients.send(next.packet(), next.to());
      }
    }
    return moved;
  }
}
