package dnsblmonitor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An HTTP server on loopback that notes what it receives and gives the answers it was set to. */
public final class FakeReceiver implements AutoCloseable {

  /** What a client sent; the names of headers are in lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {

    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private record Answer(int status, String body, List<String> headers) {}

  private static final Answer OK = new Answer(200, "ok", List.of());

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private FakeReceiver(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static FakeReceiver start() {
    return new FakeReceiver(FakeJiraServer.http(), "http");
  }

  /** One whose certificate is for 127.0.0.1 and {@code jira.example}. */
  public static FakeReceiver overTls(TestAuthority authority) {
    return new FakeReceiver(FakeJiraServer.https(authority.server()), "https");
  }

  /** The answer to the next request that has none yet; without one, the answer is 200. */
  public FakeReceiver answers(int status, String body, String... headers) {
    answers.add(new Answer(status, body, List.of(headers)));
    return this;
  }

  /** Its URL. */
  public URI url(String path) {
    return url("127.0.0.1", path);
  }

  /** The same with another name of this host. */
  public URI url(String host, String path) {
    return URI.create("%s://%s:%d%s".formatted(scheme, host, address().getPort(), path));
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** In the order in which they came. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The only request. */
  public Request request() {
    if (requests.size() != 1) {
      throw new AssertionError("not one request: " + requests);
    }
    return requests.getFirst();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          header -> header.getKey().toLowerCase(Locale.ROOT),
                          header -> String.join(",", header.getValue()))),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Answer answer = Optional.ofNullable(answers.poll()).orElse(OK);
      for (int i = 0; i < answer.headers().size(); i += 2) {
        exchange.getResponseHeaders().add(answer.headers().get(i), answer.headers().get(i + 1));
      }
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
