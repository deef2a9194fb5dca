package dnsblmonitor.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xbill.DNS.Message;

/**
 * DNSBLs on loopback: one server, UDP and TCP, that answers for many zones as a resolver would, and
 * badly where a test asks for it. Unknown zones get NXDOMAIN. Zones come into being when they are
 * first spoken of; they can change while questions come.
 *
 * <pre>{@code
 * server.lists("bl.example", "203.0.113.7", "127.0.0.2", "open relay");
 * server.zone("slow.example").delay(Duration.ofMillis(30));
 * server.zone("dead.example").silent();
 * }</pre>
 */
public final class FakeDnsServer implements AutoCloseable {

  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final int LARGEST_MESSAGE = 65_535;
  private static final int MAX_ATTEMPTS = 50;

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final Map<String, FakeZone> zones = new ConcurrentHashMap<>();
  private final QuestionLog log = new QuestionLog();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("fake-dns-later").factory());

  private FakeDnsServer(ServerSocket tcp, DatagramSocket udp) {
    this.tcp = tcp;
    this.udp = udp;
  }

  /** A server on a free port of 127.0.0.1. */
  public static FakeDnsServer start() {
    for (int attempt = 1; ; attempt++) {
      try {
        return startAt("127.0.0.1", 0);
      } catch (UncheckedIOException e) { // the port is free for TCP, but some UDP client has it
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A server on {@code port} of an address of this machine; with 0 on a free one. */
  public static FakeDnsServer startAt(String address, int port) {
    try {
      InetAddress here = InetAddress.ofLiteral(address);
      ServerSocket tcp = new ServerSocket(port, 50, here);
      try {
        DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), here);
        udp.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        return new FakeDnsServer(tcp, udp).serve();
      } catch (SocketException e) {
        tcp.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FakeDnsServer serve() {
    Thread.ofPlatform().daemon().name("fake-dns-udp").start(this::serveUdp);
    Thread.ofPlatform().daemon().name("fake-dns-tcp").start(this::serveTcp);
    return this;
  }

  /** Where to ask. */
  public InetSocketAddress address() {
    return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
  }

  /**
   * The zone of that name, with nothing listed in it at first but the test entries (RFC 5782 5).
   */
  public FakeZone zone(String name) {
    return zones.computeIfAbsent(AskedName.zone(name), _ -> new FakeZone());
  }

  /** Lists {@code address} in {@code zone} with a return code. */
  public FakeDnsServer lists(String zone, String address, String code) {
    zone(zone).lists(address, List.of(code), "");
    return this;
  }

  /** Lists {@code address} in {@code zone} with a return code and a reason. */
  public FakeDnsServer lists(String zone, String address, String code, String reason) {
    zone(zone).lists(address, List.of(code), reason);
    return this;
  }

  /** Delists {@code address} from {@code zone}. */
  public FakeDnsServer unlist(String zone, String address) {
    zone(zone).unlist(address);
    return this;
  }

  /** What was asked, with how often, in the order of the first time. */
  public Map<QuestionLog.Asked, Integer> questions() {
    return log.counts();
  }

  /** How often {@code zone} was asked, by whatever type. */
  public int questions(String zone) {
    return log.of(AskedName.zone(zone)).total();
  }

  /** The most different questions of {@code zone} that were outstanding at one time. */
  public int maxOutstanding(String zone) {
    return log.of(AskedName.zone(zone)).most();
  }

  /** Clients' connections over TCP that are open now. */
  public long openConnections() {
    return connections.size();
  }

  /** Forgets the questions so far. */
  public void forgetQuestions() {
    log.clear();
  }

  private void serveUdp() {
    byte[] buffer = new byte[LARGEST_MESSAGE];
    while (!udp.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        udp.receive(packet);
        InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        answer(query, FakeZone.Transport.UDP, bytes -> sendUdp(bytes, client));
      } catch (IOException _) {
        // closed, or a client's packet that is no question
      }
    }
  }

  private void sendUdp(byte[] bytes, InetSocketAddress client) {
    try {
      udp.send(new DatagramPacket(bytes, bytes.length, client));
    } catch (IOException _) {
      // closed, or the client is gone
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket connection = tcp.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      DataOutputStream out = new DataOutputStream(connection.getOutputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        answer(query, FakeZone.Transport.TCP, bytes -> sendTcp(bytes, out));
      }
    } catch (EOFException _) {
      // the client is done
    } catch (IOException _) {
      // closed
    } finally {
      connections.remove(connection);
    }
  }

  private static void sendTcp(byte[] bytes, DataOutputStream out) {
    try {
      synchronized (out) {
        out.writeShort(bytes.length);
        out.write(bytes);
        out.flush();
      }
    } catch (IOException _) {
      // the client is gone
    }
  }

  private void answer(byte[] bytes, FakeZone.Transport transport, Consumer<byte[]> send)
      throws IOException {
    Message query = new Message(bytes);
    String absoluteName = query.getQuestion().getName().toString();
    AskedName name = AskedName.of(absoluteName, zones.keySet());
    FakeZone zone = zones.getOrDefault(name.zone(), FakeZone.UNKNOWN);
    QuestionLog.Zone asked = log.of(name.zone());
    QuestionLog.Asked question = log.add(absoluteName, query.getQuestion().getType(), asked);
    if (zone.loses(query.getQuestion().getType())) {
      return;
    }
    List<byte[]> packets = zone.reply(query, name.entry(), transport);
    Duration delay = zone.delay();
    asked.came(question);
    Runnable reply =
        () -> {
          asked.answered(question);
          packets.forEach(send);
        };
    if (delay.isZero()) {
      reply.run();
    } else {
      var _ = later.schedule(reply, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
    udp.close();
    try {
      tcp.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
