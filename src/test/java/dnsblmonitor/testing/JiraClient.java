package dnsblmonitor.testing;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of {@link FakeJira} that says what it is told to, right or wrong. */
record JiraClient(HttpClient http, String api, String header, String value)
    implements AutoCloseable {

  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    JsonObject object() {
      return FakeJiraJson.parsed(body()).asJsonObject();
    }

    /** Empty where it is not there. */
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** Who bears the token. */
  static JiraClient of(FakeJira jira, String apiPath) {
    return new JiraClient(
        HttpClient.newHttpClient(),
        jira.uri() + apiPath,
        "Authorization",
        FakeJiraLogin.bearer(FakeJira.TOKEN).authorization());
  }

  /** Who logs in as {@code user} with the token. */
  static JiraClient of(FakeJira jira, String apiPath, String user) {
    return of(jira, apiPath)
        .with(
            "Authorization",
            FakeJiraLogin.basic(FakeJiraDialect.CLOUD, user, FakeJira.TOKEN).authorization());
  }

  JiraClient with(String name, String headerValue) {
    return new JiraClient(http, api, name, headerValue);
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String json) {
    return send(request(path).POST(BodyPublishers.ofString(json)));
  }

  Answer put(String path, String json) {
    return send(request(path).PUT(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api + path))
        .header("Content-Type", "application/json")
        .header(header, value);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
