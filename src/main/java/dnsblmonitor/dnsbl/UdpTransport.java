package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.UdpIoClient;

/**
 * UDP to one resolver over a few shared sockets instead of one per query. Source ports are renewed
 * over time, one socket at a time (RFC 5452 9.2); a retired socket stays open until its last
 * answer. Runs on the loop.
 */
final class UdpTransport implements UdpIoClient {

  /** When to renew a socket's port. */
  record Renewal(int queries, Duration age) {
    static final Renewal USUAL = new Renewal(20_000, Duration.ofSeconds(10));
  }

  private final Loop loop;
  private final Renewal renewal;
  private final int size;
  private final SecureRandom ids = new SecureRandom();
  private final ByteBuffer received = ByteBuffer.allocateDirect(1 << 16);
  private final List<UdpSocket> active = new ArrayList<>();
  private final List<UdpSocket> retired = new ArrayList<>();
  private int turn;

  /**
   * @param size number of sockets in use; as many retired ones may still be open
   */
  UdpTransport(Loop loop, int size, Renewal renewal) {
    this.loop = loop;
    this.size = size;
    this.renewal = renewal;
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceiveUdp(
      InetSocketAddress local,
      InetSocketAddress remote,
      Message query,
      byte[] data,
      int max,
      Duration timeout) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    try {
      socket(remote).send(data, System.nanoTime() + timeout.toNanos(), answer);
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /** The next socket; full ones are skipped while another has room. */
  private UdpSocket socket(InetSocketAddress resolver) throws IOException {
    UdpSocket next = inTurn(resolver);
    for (int i = 1; next.isFull() && i < size; i++) {
      next = inTurn(resolver);
    }
    return next;
  }

  private UdpSocket inTurn(InetSocketAddress resolver) throws IOException {
    if (active.size() < size) {
      UdpSocket opened = open(resolver);
      active.add(opened);
      return opened;
    }
    turn = (turn + 1) % size;
    UdpSocket socket = active.get(turn);
    return isUsedUp(socket) && retired.size() < size ? renewed(socket, resolver) : socket;
  }

  private UdpSocket renewed(UdpSocket socket, InetSocketAddress resolver) {
    try {
      UdpSocket opened = open(resolver);
      active.set(turn, opened);
      retire(socket);
      return opened;
    } catch (IOException _) { // no port or descriptor is available now: the old socket still works
      return socket;
    }
  }

  private UdpSocket open(InetSocketAddress resolver) throws IOException {
    return UdpSocket.open(resolver, loop, ids, received);
  }

  private boolean isUsedUp(UdpSocket socket) {
    return socket.sent() >= renewal.queries()
        || System.nanoTime() - socket.openedNanos() >= renewal.age().toNanos();
  }

  private void retire(UdpSocket socket) {
    if (socket.isIdle()) {
      socket.close();
    } else {
      retired.add(socket);
    }
  }

  boolean isBusy() {
    return !retired.isEmpty() || active.stream().anyMatch(socket -> !socket.isIdle());
  }

  void tick(long nowNanos) {
    active.forEach(socket -> socket.tick(nowNanos));
    retired.forEach(socket -> socket.tick(nowNanos));
    retired.removeIf(socket -> {
      if (socket.isIdle()) {
        socket.close();
        return true;
      }
      return false;
    });
  }

  void close() {
    active.forEach(UdpSocket::close);
    retired.forEach(UdpSocket::close);
    active.clear();
    retired.clear();
  }
}
