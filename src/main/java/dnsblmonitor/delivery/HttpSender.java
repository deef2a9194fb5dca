package dnsblmonitor.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Sends requests to one endpoint. Never follows a redirect, which could pass a secret on to another
 * host.
 */
public final class HttpSender implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_REASON = 200;

  /** In bytes; of an answer that is no success, only its first line is of interest. */
  private static final int MAX_BODY = 4096;

  /** The only sign of it (JDK 25). */
  private static final Pattern PROXY_REFUSAL = Pattern.compile("^Tunnel failed, got: (\\d{3})");

  private final HttpEndpoint endpoint;
  private final HttpClient client;

  public HttpSender(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(endpoint.proxy().map(ProxySelector::of).orElse(HttpClient.Builder.NO_PROXY));
    endpoint.trustStore().ifPresent(store -> builder.sslContext(TrustedTls.context(store)));
    this.client = builder.build();
  }

  /**
   * Sends a request; a 2xx answer is success.
   *
   * @param path appended to the endpoint's URL; may be empty
   * @param repeatable whether the endpoint may get the request twice: if not, it is not repeated
   *     when the connection broke before the answer
   */
  public void send(
      String method, String path, Map<String, String> headers, String body, boolean repeatable)
      throws DeliveryException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + path))
            .timeout(Deliveries.LIMIT)
            .method(method, BodyPublishers.ofString(body, UTF_8));
    headers.forEach(request::setHeader);
    endpoint.authorization().ifPresent(it -> request.setHeader("Authorization", it.reveal()));
    try {
      requireSuccess(client.send(request.build(), BodyHandlers.ofInputStream()), repeatable);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw DeliveryException.temporary(
          isUnresolved(e)
              ? "the host name cannot be resolved; check the URL"
              : "cannot connect; check host, port, firewall and NetworkPolicy");
    } catch (HttpTimeoutException e) {
      throw broken("no answer within %d s".formatted(Deliveries.LIMIT.toSeconds()), repeatable);
    } catch (SSLException e) {
      throw DeliveryException.permanent(TrustedTls.advice(e));
    } catch (IOException e) {
      throw broken(String.valueOf(e.getMessage()), repeatable);
    }
  }

  private static boolean isUnresolved(IOException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }

  private static DeliveryException broken(String reason, boolean repeatable) {
    Matcher refusal = PROXY_REFUSAL.matcher(reason);
    if (refusal.find()) {
      return DeliveryException.temporary(
          "the proxy refused the connection: HTTP %s. Check HTTPS_PROXY and NO_PROXY"
              .formatted(refusal.group(1)));
    }
    String message = "the connection broke before the answer: " + reason;
    return repeatable
        ? DeliveryException.temporary(message)
        : DeliveryException.permanent(message + "; not repeated, since it may have arrived");
  }

  private static void requireSuccess(HttpResponse<InputStream> response, boolean repeatable)
      throws DeliveryException, IOException {
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status / 100 != 2) {
        String beginning = new String(body.readNBytes(MAX_BODY), UTF_8);
        throw failure(response, "answered HTTP " + status + reason(beginning), repeatable);
      }
    }
  }

  private static DeliveryException failure(
      HttpResponse<?> response, String answered, boolean repeatable) {
    int status = response.statusCode();
    return switch (status) {
      case 429, 503 -> DeliveryException.temporary(answered, retryAfter(response));
      case 301, 302, 303, 307, 308 ->
          DeliveryException.permanent(
              "%s: a redirect, which is not followed; set the URL of its target"
                  .formatted(answered));
      case 401, 403 -> DeliveryException.permanent(answered + ". Check the login or the token");
      case 404, 405, 410 -> DeliveryException.permanent(answered + ". Check the URL");
      case 502, 504 -> // from a gateway: the server after it may have accepted it
          repeatable
              ? DeliveryException.temporary(answered)
              : DeliveryException.permanent(answered + "; not repeated, since it may have arrived");
      default ->
          status / 100 == 5 || status == 408
              ? DeliveryException.temporary(answered)
              : DeliveryException.permanent(answered);
    };
  }

  /** The first line of the answer, which often says what is wrong. */
  private static String reason(String body) {
    return body.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("<")) // not a page
        .findFirst()
        .map(line -> ": " + line.substring(0, Math.min(line.length(), MAX_REASON)))
        .orElse("");
  }

  /** In seconds (RFC 9110, section 10.2.3); a date counts as the usual pause. */
  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(DeliveryException.PAUSE);
  }

  /** Without waiting for a request that was interrupted. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
