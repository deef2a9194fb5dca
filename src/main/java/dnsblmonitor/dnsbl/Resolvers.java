package dnsblmonitor.dnsbl;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/**
 * The resolvers that are asked, in turn. A truncated answer is fetched over TCP by {@link
 * SimpleResolver} itself. Used by the loop only.
 */
final class Resolvers {

  private final List<? extends Resolver> resolvers;
  private int turn;

  private Resolvers(List<? extends Resolver> resolvers) {
    this.resolvers = resolvers;
  }

  /** The resolvers that {@code settings} names, else the system's. */
  static Resolvers of(DnsSettings settings) {
    List<InetSocketAddress> addresses =
        settings.resolvers().isEmpty()
            ? ResolverConfig.getCurrentConfig().servers()
            : settings.resolvers();
    return new Resolvers(
        addresses.stream()
            .map(address -> {
              SimpleResolver resolver = new SimpleResolver(address);
              // Its own time-out fires late (only when its selector is idle): it is for tidying up.
              resolver.setTimeout(settings.timeout());
              return resolver;
            })
            .toList());
  }

  boolean areSeveral() {
    return resolvers.size() > 1;
  }

  /** Where a question starts, so that the resolvers share the load. */
  int nextTurn() {
    turn = (turn + 1) % resolvers.size();
    return turn;
  }

  /** Sends {@code query} to the resolver whose turn it is; any fault is in the future. */
  CompletionStage<Message> send(Message query, int atTurn, Executor executor) {
    try {
      return resolvers.get(atTurn % resolvers.size()).sendAsync(query, executor);
    } catch (IllegalArgumentException e) { // an address of a family that this machine lacks
      return CompletableFuture.failedFuture(e);
    }
  }
}
