package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** {@code dnsbl-monitor serve} as a process, and those who talk to it over HTTPS. */
public final class ServeProcess implements AutoCloseable {

  private static final Duration MAX_ANSWER = Duration.ofSeconds(60);

  /** Who asks. */
  public record Caller(String name, String password) {

    public static final Caller ADMIN = new Caller("admin", "canary-admin-password");
    public static final Caller SUBMITTER = new Caller("submitter", "canary-submitter-password");
    public static final Caller MONITOR = new Caller("monitor", "canary-monitor-password");

    /** Without credentials. */
    public static final Caller NOBODY = new Caller("", "");

    public static final List<Caller> ALL = List.of(ADMIN, SUBMITTER, MONITOR, NOBODY);

    private String authorization() {
      return "Basic "
          + Base64.getEncoder()
              .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What came back. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {

    /** Where it sends one; nothing where it sends one nowhere. */
    public String location() {
      return header("location");
    }

    /** The first one of that name, in lower case; empty if there is none. */
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    public JsonObject json() {
      return read(JsonReader::readObject);
    }

    public JsonArray jsonArray() {
      return read(JsonReader::readArray);
    }

    private <T> T read(Function<JsonReader, T> as) {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return as.apply(reader);
      } catch (JsonException e) {
        throw new AssertionError(toString(), e);
      }
    }
  }

  /** A cold start; the tests beside it start servers, too. */
  private static final Duration MAX_START = Duration.ofMinutes(3);

  private static final Duration MAX_RUN = Duration.ofMinutes(3);

  private final MonitorProcess process;
  private final URI uri;
  private final HttpClient client;

  private ServeProcess(MonitorProcess process, int port, SSLContext trust) {
    this.process = process;
    this.uri = URI.create("https://127.0.0.1:" + port);
    this.client =
        HttpClient.newBuilder().sslContext(trust).version(HttpClient.Version.HTTP_1_1).build();
  }

  /** A server in {@code world} with a user for each role, that has said it is ready. */
  public static ServeProcess start(World world) {
    return start(world, TestAuthority.trustingAll());
  }

  /** The same; {@code trust} decides whether its certificate is good. */
  public static ServeProcess start(World world, SSLContext trust) {
    return starting(world, trust).awaitUp();
  }

  /** A server that somebody else started, at a port of 127.0.0.1, when it has said it is ready. */
  public static ServeProcess startedAs(MonitorProcess process, int port) {
    return new ServeProcess(process, port, TestAuthority.trustingAll()).awaitUp();
  }

  private ServeProcess awaitUp() {
    try {
      Await.until("the server is ready", MAX_START, () -> saysReady() || process.isGone());
    } catch (AssertionError e) {
      close();
      throw new AssertionError(String.join("\n", process.linesSoFar()), e);
    }
    if (process.isGone()) {
      throw new AssertionError(process.awaitEnd().toString());
    }
    Answer answer = get(Caller.NOBODY, "/health/started");
    if (answer.status() != 200) {
      throw new AssertionError("it says that it is ready, and answers " + answer);
    }
    return this;
  }

  /** The same, not waited for. */
  public static ServeProcess starting(World world, SSLContext trust) {
    int port =
        Optional.ofNullable(world.environment().get("SERVE_HTTPS_PORT"))
            .map(Integer::valueOf)
            .orElseGet(ServeProcess::freePort);
    return new ServeProcess(MonitorProcess.start(environment(world, port), "serve"), port, trust);
  }

  /** What {@code serve} needs in {@code world}, with a user for each role. */
  public static Map<String, String> environment(World world, int port) {
    Map<String, String> environment = world.environment();
    environment.putIfAbsent("SERVE_HTTPS_HOST", "127.0.0.1");
    environment.put("SERVE_HTTPS_PORT", String.valueOf(port));
    for (Caller caller : List.of(Caller.ADMIN, Caller.SUBMITTER, Caller.MONITOR)) {
      environment.put(
          "SERVE_%s_PASSWORD".formatted(caller.name().toUpperCase(java.util.Locale.ROOT)),
          caller.password());
    }
    return environment;
  }

  /** A port of 127.0.0.1 that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean saysReady() {
    return process.linesSoFar().stream().anyMatch(line -> line.contains("\"serve_ready\""));
  }

  public MonitorProcess process() {
    return process;
  }

  public int port() {
    return uri.getPort();
  }

  /** Where people point their browsers. */
  public URI uri() {
    return uri;
  }

  /** Somebody who comes by a browser and is not logged in. */
  public PageClient page() {
    return new PageClient(uri);
  }

  public Answer get(Caller caller, String path) {
    return send(caller, "GET", path, "");
  }

  /** The same with a header. */
  public Answer get(Caller caller, String path, String header, String value) {
    return send(caller, "GET", path, "", header, value);
  }

  /** Sends {@code body} as JSON. */
  public Answer send(
      Caller caller, String method, String path, String body, String... moreHeaders) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(MAX_ANSWER)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!caller.equals(Caller.NOBODY)) {
      request.header("Authorization", caller.authorization());
    }
    if (moreHeaders.length > 0) {
      request.headers(moreHeaders);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Asks for a run, with job parameters as a JSON object. */
  public Answer submit(Caller caller, String parameters) {
    return send(
        caller,
        "POST",
        "/ibm/api/batch/jobinstances",
        """
        {"applicationName": "dnsbl-monitor", "jobXMLName": "dnsbl-monitor", "jobParameters": %s}
        """
            .formatted(parameters));
  }

  /** Asks for a run and returns the number of its job instance. */
  public int submitted(Caller caller) {
    return submitted(caller, "{}");
  }

  /** The same with job parameters, as JSON. */
  public int submitted(Caller caller, String parameters) {
    Answer answer = submit(caller, parameters);
    if (answer.status() != 201) {
      throw new AssertionError(answer);
    }
    return answer.json().getInt("instanceId");
  }

  /**
   * The latest execution of a job instance that has begun. While it starts, Liberty's repository in
   * memory was seen to answer 500.
   */
  public JsonObject execution(int instance) {
    String path = "/ibm/api/batch/jobinstances/%d/jobexecutions".formatted(instance);
    Await.until("executions of %d".formatted(instance), () -> isAnswered(path));
    return get(Caller.MONITOR, path).jsonArray().stream()
        .map(JsonValue::asJsonObject)
        .max(Comparator.comparingInt(execution -> execution.getInt("executionId")))
        .orElseThrow();
  }

  /** Waits until the job instance is over. */
  public JsonObject awaitEnd(int instance) {
    Await.until("job instance %d ends".formatted(instance), MAX_RUN, () -> isOver(instance));
    return execution(instance);
  }

  private boolean isAnswered(String path) {
    Answer answer = get(Caller.MONITOR, path);
    return answer.status() == 200 && !answer.jsonArray().isEmpty();
  }

  /** Whether the job instance is over. */
  boolean isOver(int instance) {
    return List.of("COMPLETED", "FAILED", "STOPPED").contains(status(instance));
  }

  /** Asks for the end of a job execution. */
  public Answer stop(Caller caller, int execution) {
    return send(
        caller, "PUT", "/ibm/api/batch/jobexecutions/%d?action=stop".formatted(execution), "");
  }

  private String status(int instance) {
    return get(Caller.MONITOR, "/ibm/api/batch/jobinstances/" + instance)
        .json()
        .getString("batchStatus");
  }

  @Override
  public void close() {
    process.kill();
  }
}
