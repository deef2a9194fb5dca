package dnsblmonitor.dnsbl;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/**
 * The resolvers to query, in turn. One that becomes unresponsive while others answer is skipped for
 * a while. Runs on the loop.
 */
final class Resolvers {

  /** Consecutive unanswered tries after which a resolver is skipped. */
  static final int SILENCES = 8;

  /** The default of a system without a resolver (resolv.conf(5)). */
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

  /**
   * Maximum number of TCP connections. Together with UDP sockets, twice as many during renewal, the
   * engine never has more than 64 open descriptors.
   */
  private static final int MAX_CONNECTIONS = 16;

  /** UDP sockets in use, for all resolvers and per resolver. */
  private static final int MAX_SOCKETS = 16;

  private static final int MAX_SOCKETS_PER_RESOLVER = 4;

  static final Duration ASIDE = Duration.ofSeconds(30);

  private final List<Upstream> upstreams;
  private final TcpTransport tcp;
  private int turn;

  private Resolvers(List<Upstream> upstreams, TcpTransport tcp) {
    this.upstreams = upstreams;
    this.tcp = tcp;
  }

  /** The resolvers in {@code settings}, else the system's. */
  static Resolvers of(DnsSettings settings, Loop loop) {
    List<InetSocketAddress> addresses = addresses(settings);
    TcpTransport tcp = new TcpTransport(loop, MAX_CONNECTIONS);
    int sockets = Math.clamp(MAX_SOCKETS / addresses.size(), 1, MAX_SOCKETS_PER_RESOLVER);
    return new Resolvers(
        addresses.stream()
            .map(address -> new Upstream(address, settings.timeout(), sockets, loop, tcp))
            .toList(),
        tcp);
  }

  static List<InetSocketAddress> addresses(DnsSettings settings) {
    return settings.resolvers().isEmpty() ? system() : settings.resolvers();
  }

  private static List<InetSocketAddress> system() {
    List<InetSocketAddress> servers =
        new ResolverConfig()
            .servers().stream()
                .filter(server -> !server.isUnresolved())
                .limit(DnsSettings.MAX_RESOLVERS)
                .toList();
    return servers.isEmpty() ? List.of(LOCAL) : servers;
  }

  /** For display, by any thread. */
  List<String> names() {
    return upstreams.stream().map(Upstream::name).toList();
  }

  boolean areSeveral() {
    return upstreams.size() > 1;
  }

  /** The resolver to start a query with, so that the resolvers share the load. */
  int nextTurn() {
    turn = (turn + 1) % upstreams.size();
    return turn;
  }

  /** The resolver whose turn it is, or the next one that is not skipped. */
  Upstream at(int wantedTurn, long nowNanos) {
    int count = upstreams.size();
    for (int i = 0; i < count; i++) {
      Upstream upstream = upstreams.get((wantedTurn + i) % count);
      if (!upstream.isAside(nowNanos)) {
        return upstream;
      }
    }
    return upstreams.get(wantedTurn % count);
  }

  void tick(long nowNanos) {
    upstreams.forEach(upstream -> upstream.tick(nowNanos));
    tcp.tick(nowNanos);
  }

  /** Whether tries or connections are still pending. */
  boolean isBusy() {
    return tcp.isBusy() || upstreams.stream().anyMatch(Upstream::isBusy);
  }

  void close() {
    upstreams.forEach(Upstream::close);
    tcp.close();
  }
}
