package dnsblmonitor.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A strict stand-in for Jira Cloud, over real HTTP on loopback: what Jira would refuse, it refuses.
 * One project, its issue types Bug, Incident and Task. Thread-safe.
 */
public final class FakeJira implements AutoCloseable {

  public static final String USER = "monitor@example.com";
  public static final String TOKEN = "fake-jira-token";
  public static final String PROJECT = "OPS";

  private record AwaitedFault(String method, String pathPattern, FakeJiraFault fault) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String user;
  private final String token;
  private final FakeJiraSite site;
  private final FakeJiraResources resources;
  private final List<FakeJiraRequest> requests = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private final List<AwaitedFault> faults = new ArrayList<>();

  private FakeJira(String user, String token, Clock clock) throws IOException {
    this.user = user;
    this.token = token;
    site = new FakeJiraSite(PROJECT, clock);
    resources = new FakeJiraResources(site);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static FakeJira start() {
    return start(USER, TOKEN, Clock.systemUTC());
  }

  /** Lets in {@code user} with {@code token}; {@code clock} dates new issues. */
  public static FakeJira start(String user, String token, Clock clock) {
    try {
      return new FakeJira(user, token, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its base URL; the path in it belongs to it, as behind a gateway. */
  public URI uri() {
    return URI.create("http://127.0.0.1:%d/tracker".formatted(server.getAddress().getPort()));
  }

  public synchronized FakeJira labelsOnScreen(boolean on) {
    site.labelsOnScreen = on;
    return this;
  }

  public synchronized FakeJira attachmentsAllowed(boolean allowed) {
    site.attachmentsAllowed = allowed;
    return this;
  }

  public synchronized FakeJira longestPage(int issues) {
    site.longestPage = issues;
    return this;
  }

  /** A new issue is seen only from the search after {@code searches} more. */
  public synchronized FakeJira hideNewIssuesFor(int searches) {
    site.searchesUntilVisible = searches;
    return this;
  }

  /** The create screens have {@code field}, and demand it. */
  public synchronized FakeJira demand(String field) {
    site.demandedFields.add(field);
    return this;
  }

  public synchronized FakeJira status(String name) {
    site.statuses.add(name);
    return this;
  }

  /**
   * Lets the next requests of that method and path go wrong; earlier faults are used up first.
   *
   * @param pathPattern a regular expression for the whole path below {@code /rest/api/3}
   */
  public synchronized FakeJira fail(String method, String pathPattern, FakeJiraFault fault) {
    faults.add(new AwaitedFault(method, pathPattern, fault));
    return this;
  }

  public synchronized FakeJira noMoreFaults() {
    faults.clear();
    return this;
  }

  /** Files an issue as a person or another deployment would; its key. */
  public synchronized String seed(String summary, String... labels) {
    FakeJiraIssue issue = site.add("Task", summary);
    issue.labels.addAll(Arrays.asList(labels));
    issue.hiddenSearches = 0;
    return issue.key;
  }

  public synchronized FakeJira setProperty(String key, String property, JsonObject value) {
    issue(key).properties.put(property, value);
    return this;
  }

  /** Moves an issue to {@code Done}, as people do. */
  public void close(String key) {
    move(key, "Done");
  }

  public synchronized void move(String key, String status) {
    issue(key).status = status;
  }

  /** All issues, oldest first. */
  public synchronized List<FakeJiraIssue> issues() {
    return List.copyOf(site.issues.values());
  }

  public synchronized FakeJiraIssue issue(String key) {
    return Optional.ofNullable(site.issues.get(key)).orElseThrow();
  }

  /** How many creates, edits and attachments were carried out. */
  public synchronized int writes() {
    return site.writes;
  }

  /** All requests so far, those that went wrong included. */
  public synchronized List<FakeJiraRequest> requests() {
    return List.copyOf(requests);
  }

  /** How often such a request came; {@code pathPattern} as for {@link #fail}. */
  public long count(String method, String pathPattern) {
    return requests().stream()
        .filter(request -> request.method().equals(method) && request.path().matches(pathPattern))
        .count();
  }

  /** Request lines, headers but {@code Authorization}, and bodies: where no secret may stand. */
  public synchronized List<String> received() {
    return List.copyOf(received);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      FakeJiraRequest request = request(exchange, body);
      FakeJiraFault fault = note(exchange, request);
      FakeJiraAnswer right =
          fault.processed ? answer(exchange, request) : new FakeJiraAnswer(0, "");
      if (fault.delay.isPresent()) {
        Thread.sleep(fault.delay.get());
      }
      switch (fault.kind) {
        case RIGHT_ANSWER -> send(exchange, right.status(), right.body(), fault);
        case STATUS -> send(exchange, fault.status, fault.body, fault);
        case RESET -> {}
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FakeJiraRequest request(HttpExchange exchange, String body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers.computeIfPresent(
        "authorization",
        (_, values) -> values.stream().map(value -> value.replaceFirst(" .*", "")).toList());
    return new FakeJiraRequest(
        exchange.getRequestMethod(),
        exchange
            .getRequestURI()
            .getPath()
            .replaceFirst("^/tracker/rest/api/(3(?=/)|2(?=/serverInfo$))", ""),
        headers,
        body);
  }

  private synchronized FakeJiraFault note(HttpExchange exchange, FakeJiraRequest request) {
    requests.add(request);
    received.add(
        "%s %s\n%s\n\n%s"
            .formatted(
                request.method(), exchange.getRequestURI(), request.headers(), request.body()));
    for (AwaitedFault awaited : faults) {
      FakeJiraFault fault = awaited.fault();
      if (fault.timesLeft > 0
          && awaited.method().equals(request.method())
          && request.path().matches(awaited.pathPattern())) {
        fault.timesLeft--;
        return fault;
      }
    }
    return FakeJiraFault.rightAnswer();
  }

  private synchronized FakeJiraAnswer answer(HttpExchange exchange, FakeJiraRequest request) {
    boolean loggedIn =
        List.of(FakeJiraResources.basic(user, token))
            .equals(exchange.getRequestHeaders().get("Authorization"));
    if (!loggedIn && !request.path().equals("/serverInfo")) {
      return FakeJiraAnswer.message(401, "Client must be authenticated to access this resource.");
    }
    return resources.answer(request, exchange.getRequestURI().getRawQuery());
  }

  private static void send(HttpExchange exchange, int status, String text, FakeJiraFault fault)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
    fault.headers.forEach(exchange.getResponseHeaders()::set);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
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
