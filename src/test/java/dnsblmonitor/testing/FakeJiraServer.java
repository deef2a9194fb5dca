package dnsblmonitor.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** The HTTP side of {@link FakeJira}: a virtual thread for each request. */
final class FakeJiraServer implements AutoCloseable {

  private static final String BROWSE = "/tracker/browse";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeJiraLogin login;
  private final FakeJiraTraffic traffic;
  private final FakeJiraFaults faults;
  private final Function<FakeJiraRequest, FakeJiraAnswer> resources;
  private final Function<String, Optional<String>> pages;

  FakeJiraServer(
      HttpServer server,
      FakeJiraLogin login,
      FakeJiraTraffic traffic,
      FakeJiraFaults faults,
      Function<FakeJiraRequest, FakeJiraAnswer> resources,
      Function<String, Optional<String>> pages) {
    this.server = server;
    this.login = login;
    this.traffic = traffic;
    this.faults = faults;
    this.resources = resources;
    this.pages = pages;
  }

  /** A server on loopback, not started yet. */
  static HttpServer http() {
    try {
      return HttpServer.create(anyPort(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HttpServer https(SSLContext tls) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  void start() {
    server.createContext("/", this::handle);
    server.createContext(BROWSE, this::show);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create(
        "%s://127.0.0.1:%d/tracker"
            .formatted(
                server instanceof HttpsServer ? "https" : "http", server.getAddress().getPort()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      FakeJiraRequest request = request(exchange, body);
      traffic.begins(request, text(exchange, request));
      FakeJiraFault fault = faults.next(request);
      boolean closed = fault.kind == FakeJiraFault.Kind.RESET;
      try {
        FakeJiraAnswer answer = answer(exchange, request, fault);
        traffic.answered(
            new FakeJiraExchange(
                request,
                exchange.getRequestURI().toString(),
                closed ? 0 : answer.status(),
                closed ? "" : answer.body()));
        traffic.ends(request);
        if (!closed) {
          send(exchange, answer);
        }
      } catch (InterruptedException e) {
        traffic.ends(request);
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A page for people: no request of the monitor's, so none that is counted or goes wrong. */
  private void show(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<String> page =
          pages.apply(exchange.getRequestURI().getPath().substring(BROWSE.length()));
      byte[] body = page.orElse("There is no such ticket.\n").getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("Content-Type", (page.isPresent() ? "text/html" : "text/plain") + ";charset=UTF-8");
      exchange
          .getResponseHeaders()
          .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
      boolean readOnly = exchange.getRequestMethod().equals("GET");
      exchange.sendResponseHeaders(
          readOnly ? page.isPresent() ? 200 : 404 : 405, readOnly ? body.length : -1);
      if (readOnly) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private FakeJiraAnswer answer(HttpExchange exchange, FakeJiraRequest request, FakeJiraFault fault)
      throws InterruptedException {
    FakeJiraAnswer right = fault.processed ? answer(exchange, request) : new FakeJiraAnswer(0, "");
    if (fault.delay.isPresent()) {
      Thread.sleep(fault.delay.get());
    }
    return fault.instead(right);
  }

  private FakeJiraRequest request(HttpExchange exchange, String body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers.computeIfPresent(
        "authorization",
        (_, values) -> values.stream().map(value -> value.replaceFirst(" .*", "")).toList());
    String query = exchange.getRequestURI().getRawQuery();
    return new FakeJiraRequest(
        exchange.getRequestMethod(),
        login.dialect().relative(exchange.getRequestURI().getPath()),
        query == null ? "" : query,
        headers,
        body);
  }

  private static String text(HttpExchange exchange, FakeJiraRequest request) {
    return "%s %s\n%s\n\n%s"
        .formatted(request.method(), exchange.getRequestURI(), request.headers(), request.body());
  }

  private FakeJiraAnswer answer(HttpExchange exchange, FakeJiraRequest request) {
    List<String> values = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
    String sent = values.isEmpty() ? null : String.join(",", values);
    return login
        .refusal(request, sent)
        .orElseGet(() -> login.marked(resources.apply(request), sent));
  }

  private static void send(HttpExchange exchange, FakeJiraAnswer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
