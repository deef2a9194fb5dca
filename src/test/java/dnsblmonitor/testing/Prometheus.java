package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real Prometheus on loopback, and promtool. */
public final class Prometheus implements AutoCloseable {

  private final NativeServer server;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Prometheus(NativeServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts one with this configuration; it is ready when this returns. */
  public static Prometheus start(String configuration) {
    ServerFolder folder = ServerFolder.create("prometheus");
    int port = ServeProcess.freePort();
    List<String> command =
        List.of(
            RealServer.PROMETHEUS.program().toString(),
            "--config.file=" + folder.write("prometheus.yml", configuration),
            "--storage.tsdb.path=" + folder.path().resolve("data"),
            "--web.listen-address=127.0.0.1:" + port);
    NativeServer server = NativeServer.start(command, folder);
    server.awaitSaid("Server is ready to receive web requests");
    return new Prometheus(server, port);
  }

  /**
   * The {@code data} of an answer of its HTTP API.
   *
   * @param path such as {@code query}
   * @param parameter name and value
   */
  public JsonValue api(String path, String... parameter) {
    StringBuilder url = new StringBuilder("http://127.0.0.1:%d/api/v1/%s?".formatted(port, path));
    for (int i = 0; i < parameter.length; i += 2) {
      url.append(parameter[i])
          .append('=')
          .append(URLEncoder.encode(parameter[i + 1], StandardCharsets.UTF_8))
          .append('&');
    }
    try {
      String body =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(url.toString())).build(),
                  BodyHandlers.ofString())
              .body();
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        JsonObject answer = reader.readObject();
        if (!answer.getString("status").equals("success")) {
          throw new AssertionError(url + ": " + body);
        }
        return answer.getValue("/data");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** What promtool prints; fails if it finds a fault. */
  public static String promtool(Path input, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(RealServer.PROMETHEUS.sibling("promtool").toString());
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(input.toFile())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("%s: %s".formatted(command, said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The same with nothing to read. */
  public static String promtool(String... arguments) {
    return promtool(Path.of("/dev/null"), arguments);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
