package dnsblmonitor.dnsbl;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.TcpIoClient;

/**
 * TCP for answers truncated over UDP (RFC 7766 5): one connection per query, a limited number at a
 * time. Runs on the loop.
 */
final class TcpTransport implements TcpIoClient {

  private final Loop loop;
  private final int size;
  private final Set<TcpExchange> open = new HashSet<>();
  private final Queue<TcpExchange> waiting = new ArrayDeque<>();

  /**
   * @param size maximum number of connections
   */
  TcpTransport(Loop loop, int size) {
    this.loop = loop;
    this.size = size;
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceiveTcp(
      InetSocketAddress local,
      InetSocketAddress remote,
      Message query,
      byte[] data,
      Duration timeout) {
    long expiryNanos = System.nanoTime() + timeout.toNanos();
    TcpExchange exchange = new TcpExchange(loop, remote, data, expiryNanos, this::ended);
    waiting.add(exchange);
    fill();
    return exchange.answer();
  }

  private void fill() {
    while (open.size() < size && !waiting.isEmpty()) {
      TcpExchange next = waiting.remove();
      open.add(next);
      next.start();
    }
  }

  private void ended(TcpExchange exchange) {
    open.remove(exchange);
    fill();
  }

  /** Ends expired exchanges, including waiting ones. */
  void tick(long nowNanos) {
    expired(waiting, nowNanos)
        .forEach(exchange -> {
          waiting.remove(exchange);
          exchange.cancel();
        });
    expired(open, nowNanos).forEach(TcpExchange::cancel);
  }

  boolean isBusy() {
    return !open.isEmpty() || !waiting.isEmpty();
  }

  private static List<TcpExchange> expired(Collection<TcpExchange> exchanges, long nowNanos) {
    return exchanges.stream().filter(exchange -> exchange.isExpired(nowNanos)).toList();
  }

  void close() {
    waiting.forEach(TcpExchange::cancel);
    waiting.clear();
    List.copyOf(open).forEach(TcpExchange::cancel);
  }
}
