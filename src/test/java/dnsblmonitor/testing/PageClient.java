package dnsblmonitor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser's cookies and nothing else of it; follows no redirect by itself. */
public final class PageClient {

  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

  private final URI server;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .sslContext(TestAuthority.trustingAll())
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .build();

  public PageClient(URI server) {
    this.server = server;
  }

  /** Somebody else who came by a copy of this one's cookies. */
  public PageClient withTheSameCookies() {
    PageClient other = new PageClient(server);
    cookies
        .getCookieStore()
        .getCookies()
        .forEach(c -> other.cookies.getCookieStore().add(server, c));
    return other;
  }

  /** Fills in the form to log in by. */
  public Answer logIn(Caller caller) {
    get("/"); // Liberty remembers where one wanted to go
    return post(
        "/j_security_check",
        Map.of("j_username", List.of(caller.name()), "j_password", List.of(caller.password())));
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(server.resolve(path)).GET());
  }

  /** Sends a form as browsers do. */
  public Answer post(String path, Map<String, List<String>> fields) {
    String body =
        fields.entrySet().stream()
            .flatMap(field -> field.getValue().stream().map(value -> pair(field.getKey(), value)))
            .collect(joining("&"));
    return send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** What the forms of the page carry. */
  public String token() {
    Matcher token = TOKEN.matcher(get("/").body());
    if (!token.find()) {
      throw new AssertionError("the page has no token");
    }
    return token.group(1);
  }

  private static String pair(String name, String value) {
    return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
