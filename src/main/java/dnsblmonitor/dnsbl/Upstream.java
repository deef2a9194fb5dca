package dnsblmonitor.dnsbl;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * One resolver: dnsjava's codec and rules (a truncated answer is fetched over TCP) on this
 * package's transport. Runs on the loop.
 */
final class Upstream {

  private static final int NO_EDNS = -1;

  private final InetSocketAddress address;
  private final SimpleResolver resolver;
  private final UdpTransport udp;
  private int silences;
  private long asideUntilNanos;

  /**
   * @param timeout after which a query is dropped
   * @param sockets number of UDP sockets in use
   */
  Upstream(InetSocketAddress address, Duration timeout, int sockets, Loop loop, TcpTransport tcp) {
    this.address = address;
    this.udp = new UdpTransport(loop, sockets, UdpTransport.Renewal.USUAL);
    this.resolver = new SimpleResolver(address);
    resolver.setTimeout(timeout);
    resolver.setEDNS(NO_EDNS); // a listing and its reason fit into 512 bytes, or go over TCP
    resolver.setIoClientFactory(new Transports(udp, tcp));
  }

  private record Transports(UdpIoClient udp, TcpIoClient tcp) implements IoClientFactory {
    @Override
    public UdpIoClient createOrGetUdpClient() {
      return udp;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
      return tcp;
    }
  }

  /** {@code host:port}, IPv6 in brackets. */
  String name() {
    String host = address.getAddress().getHostAddress();
    return (address.getAddress() instanceof Inet6Address ? "[%s]:%d" : "%s:%d")
        .formatted(host, address.getPort());
  }

  /** Sends {@code query}; failures complete the future, on the loop. */
  CompletionStage<Message> send(Message query) {
    try {
      return resolver.sendAsync(query, Runnable::run);
    } catch (IllegalArgumentException e) { // an address family that this machine lacks
      return CompletableFuture.failedFuture(e);
    }
  }

  void answered() {
    silences = 0;
  }

  /** A try got no answer. */
  void silent(long nowNanos) {
    silences++;
    if (silences >= Resolvers.SILENCES) {
      asideUntilNanos = nowNanos + Resolvers.ASIDE.toNanos();
    }
  }

  /** After it has been skipped, a single unanswered try makes it skipped again. */
  boolean isAside(long nowNanos) {
    return silences >= Resolvers.SILENCES && nowNanos - asideUntilNanos < 0;
  }

  void tick(long nowNanos) {
    udp.tick(nowNanos);
  }

  boolean isBusy() {
    return udp.isBusy();
  }

  void close() {
    udp.close();
  }
}
