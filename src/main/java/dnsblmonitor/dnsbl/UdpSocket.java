package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A socket connected to one resolver, with its pending queries. Since it is connected, the system
 * drops packets from any other address or port and reports a closed port. Runs on the loop.
 */
final class UdpSocket {

  /** A pending query. */
  private static final class Pending {
    final byte[] query;
    final int idOfSender;
    final long expiryNanos;
    final CompletableFuture<byte[]> answer;

    Pending(byte[] query, int idOfSender, long expiryNanos, CompletableFuture<byte[]> answer) {
      this.query = query;
      this.idOfSender = idOfSender;
      this.expiryNanos = expiryNanos;
      this.answer = answer;
    }
  }

  /** Few enough that a random id is usually free and guessing remains hopeless. */
  static final int MAX_PENDING = 0x8000;

  private static final int IDS = 0x10000;
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final int READS_AT_ONCE = 64;

  private final DatagramChannel channel;
  private final SelectionKey key;
  private final Outbox outbox;
  private final SecureRandom ids;
  private final ByteBuffer received;
  private final Map<Integer, Pending> pending = new LinkedHashMap<>();
  private final long openedNanos = System.nanoTime();
  private int sent;

  private UdpSocket(DatagramChannel channel, Loop loop, SecureRandom ids, ByteBuffer received)
      throws IOException {
    this.channel = channel;
    this.key = loop.register(channel, SelectionKey.OP_READ, _ -> ready());
    this.outbox = new Outbox(channel::write);
    this.ids = ids;
    this.received = received;
  }

  /**
   * Opens a socket on a random port.
   *
   * @param received a direct buffer of 64 KiB, shared by the sockets of one loop
   */
  static UdpSocket open(
      InetSocketAddress resolver, Loop loop, SecureRandom ids, ByteBuffer received)
      throws IOException {
    DatagramChannel channel = open(resolver.getAddress());
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.configureBlocking(false);
      channel.connect(resolver);
      return new UdpSocket(channel, loop, ids, received);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Of the resolver's address family: a dual-stack socket costs more per packet. */
  private static DatagramChannel open(InetAddress resolver) throws IOException {
    try {
      return DatagramChannel.open(
          resolver instanceof Inet6Address
              ? StandardProtocolFamily.INET6
              : StandardProtocolFamily.INET);
    } catch (UnsupportedOperationException e) {
      throw new IOException("this machine has no IPv6", e);
    }
  }

  boolean isFull() {
    return pending.size() >= MAX_PENDING;
  }

  boolean isIdle() {
    return pending.isEmpty();
  }

  int sent() {
    return sent;
  }

  long openedNanos() {
    return openedNanos;
  }

  /**
   * Sends {@code query} under a new random id; {@code answer} completes with the packet, with the
   * query's original id restored, or the failure.
   */
  void send(byte[] query, long expiryNanos, CompletableFuture<byte[]> answer) {
    if (isFull()) {
      answer.completeExceptionally(new IOException("all query IDs are in use"));
      return;
    }
    int id = freeId();
    byte[] packet = query.clone();
    Packet.setId(packet, id);
    pending.put(id, new Pending(packet, Packet.id(query), expiryNanos, answer));
    sent++;
    try {
      if (!outbox.send(ByteBuffer.wrap(packet))) {
        wantsToWrite(true);
      }
    } catch (PortUnreachableException e) { // caused by an earlier packet
      failed(e);
    } catch (IOException e) { // caused by this packet; the others are unaffected
      pending.remove(id);
      answer.completeExceptionally(e);
    }
  }

  /** An unpredictable id (RFC 5452 9.2). */
  private int freeId() {
    int id = ids.nextInt(IDS);
    while (pending.containsKey(id)) {
      id = ids.nextInt(IDS);
    }
    return id;
  }

  private void ready() {
    try {
      if (key.isWritable() && flush()) {
        wantsToWrite(false);
      }
      for (int i = 0; i < READS_AT_ONCE && receive(); i++) {}
    } catch (IOException e) {
      failed(e);
    }
  }

  private boolean flush() throws PortUnreachableException {
    try {
      return outbox.flush();
    } catch (PortUnreachableException e) {
      throw e;
    } catch (IOException _) { // like a packet lost on the network: its try times out
      return false;
    }
  }

  private boolean receive() throws IOException {
    received.clear();
    if (channel.read(received) <= 0) {
      return false;
    }
    byte[] packet = new byte[received.flip().remaining()];
    received.get(packet);
    heard(packet);
    return true;
  }

  /** Ignores packets that do not answer the query with their id. */
  private void heard(byte[] packet) {
    if (!Packet.hasHeader(packet)) {
      return;
    }
    int id = Packet.id(packet);
    Pending waiting = pending.get(id);
    if (waiting != null && Packet.answers(packet, waiting.query)) {
      pending.remove(id);
      Packet.setId(packet, waiting.idOfSender);
      Packet.keepAnswerOnly(packet);
      waiting.answer.complete(packet);
    }
  }

  /** Fails all pending queries, since a closed port is reported only once. */
  private void failed(IOException e) {
    outbox.clear();
    IOException cause = e instanceof PortUnreachableException ? new PortUnreachableException() : e;
    List<Pending> all = new ArrayList<>(pending.values());
    pending.clear();
    all.forEach(waiting -> waiting.answer.completeExceptionally(cause));
  }

  private void wantsToWrite(boolean wants) {
    int write = wants ? SelectionKey.OP_WRITE : 0;
    key.interestOps(SelectionKey.OP_READ | write);
  }

  /** Drops expired queries, which are in the order in which they were sent. */
  void tick(long nowNanos) {
    Iterator<Pending> oldest = pending.values().iterator();
    while (oldest.hasNext()) {
      Pending waiting = oldest.next();
      if (nowNanos - waiting.expiryNanos < 0) {
        return;
      }
      oldest.remove();
      waiting.answer.cancel(false);
    }
  }

  /** Closes the socket and cancels pending queries. */
  void close() {
    pending.values().forEach(waiting -> waiting.answer.cancel(false));
    pending.clear();
    try {
      channel.close();
    } catch (IOException _) {
      // it is gone either way
    }
  }
}
