package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** A resolver that replies with whatever bytes a test thinks up, for hostile packets. */
final class RawResolver implements AutoCloseable {

  /** What to send for a query: as many packets as wanted, through {@code reply}. */
  interface Behaviour {
    void on(byte[] query, Reply reply) throws IOException;
  }

  /** Sends to the client that asked. */
  interface Reply {
    /** From the address that was asked. */
    void send(byte[] packet) throws IOException;

    /** From another port of this machine. */
    void sendFromElsewhere(byte[] packet) throws IOException;
  }

  private final DatagramSocket socket;
  private final DatagramSocket elsewhere;
  private final Behaviour behaviour;
  private final AtomicInteger queries = new AtomicInteger();
  private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();

  private RawResolver(InetAddress at, Behaviour behaviour) throws IOException {
    this.socket = new DatagramSocket(0, at);
    this.elsewhere = new DatagramSocket(0, at);
    this.behaviour = behaviour;
    socket.setReceiveBufferSize(4 << 20);
    Thread.ofPlatform().daemon().name("raw-resolver").start(this::serve);
  }

  static RawResolver start(Behaviour behaviour) {
    return start("127.0.0.1", behaviour);
  }

  static RawResolver start(String at, Behaviour behaviour) {
    try {
      return new RawResolver(InetAddress.ofLiteral(at), behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /** The ports that queries came from. */
  Set<Integer> clientPorts() {
    return Set.copyOf(clientPorts);
  }

  /** How many queries came. */
  int queries() {
    return queries.get();
  }

  private void serve() {
    byte[] buffer = new byte[65_535];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        queries.incrementAndGet();
        clientPorts.add(packet.getPort());
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        behaviour.on(query, replyTo((InetSocketAddress) packet.getSocketAddress()));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private Reply replyTo(InetSocketAddress client) {
    return new Reply() {
      @Override
      public void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, client));
      }

      @Override
      public void sendFromElsewhere(byte[] bytes) throws IOException {
        elsewhere.send(new DatagramPacket(bytes, bytes.length, client));
      }
    };
  }

  /** The answer "listed" to {@code query}. */
  static byte[] listed(byte[] query) throws IOException {
    Message answer = answer(query, Rcode.NOERROR);
    answer.addRecord(
        new ARecord(
            answer.getQuestion().getName(), DClass.IN, 60, InetAddress.ofLiteral("127.0.0.2")),
        Section.ANSWER);
    return answer.toWire();
  }

  /** The answer "not listed" to {@code query}. */
  static byte[] notListed(byte[] query) throws IOException {
    return answer(query, Rcode.NXDOMAIN).toWire();
  }

  private static Message answer(byte[] query, int rcode) throws IOException {
    Message asked = new Message(query);
    Message answer = new Message(asked.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(rcode);
    answer.addRecord(asked.getQuestion(), Section.QUESTION);
    return answer;
  }

  @Override
  public void close() {
    socket.close();
    elsewhere.close();
  }
}
