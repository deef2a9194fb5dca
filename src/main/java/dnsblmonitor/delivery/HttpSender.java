package dnsblmonitor.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends requests to one endpoint. Never follows a redirect, which could pass a secret on to another
 * host.
 */
public final class HttpSender implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_REASON = 200;

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
    endpoint.trustStore().ifPresent(store -> builder.sslContext(trusting(store)));
    this.client = builder.build();
  }

  private static SSLContext trusting(KeyStore store) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
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
            .method(method, BodyPublishers.ofString(body, UTF_8));
    headers.forEach(request::setHeader);
    endpoint.authorization().ifPresent(it -> request.setHeader("Authorization", it.reveal()));
    try {
      requireSuccess(client.send(request.build(), BodyHandlers.ofString(UTF_8)));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw DeliveryException.temporary(
          e.getCause() instanceof UnresolvedAddressException
              ? "the host name cannot be resolved; check the URL"
              : "cannot connect; check host, port, firewall and NetworkPolicy");
    } catch (SSLException e) {
      throw DeliveryException.permanent(
          "TLS failed: %s. Check the certificate, and TLS_CA_FILE for a private CA"
              .formatted(e.getMessage()));
    } catch (IOException e) {
      String message = "the connection broke before the answer: " + e.getMessage();
      throw repeatable
          ? DeliveryException.temporary(message)
          : DeliveryException.permanent(message + "; not repeated, since it may have arrived");
    }
  }

  private static void requireSuccess(HttpResponse<String> response) throws DeliveryException {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return;
    }
    String answered = "answered HTTP " + status + reason(response.body());
    if (status == 429 || status == 503) {
      throw DeliveryException.temporary(answered, retryAfter(response));
    }
    if (status / 100 == 5) {
      throw DeliveryException.temporary(answered);
    }
    throw DeliveryException.permanent(
        switch (status) {
          case 301, 302, 303, 307, 308 ->
              "%s: a redirect, which is not followed; set the URL of its target"
                  .formatted(answered);
          case 401, 403 -> answered + ". Check the login or the token";
          case 404, 405, 410 -> answered + ". Check the URL";
          default -> answered;
        });
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
  private static Duration retryAfter(HttpResponse<String> response) {
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
