package dnsblmonitor.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.testing.FakeProxy;
import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.RawServer;
import dnsblmonitor.testing.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints do with a request, and what is made of it. */
class HttpSenderTest {

  private static final String PATH = "/hooks/canary-token-1234567890";

  private final FakeReceiver receiver = FakeReceiver.start();

  @AfterEach
  void endReceiver() {
    receiver.close();
  }

  private static HttpEndpoint endpoint(URI url) {
    return new HttpEndpoint(url, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static HttpEndpoint trusting(URI url, KeyStore store) {
    return new HttpEndpoint(url, Optional.empty(), Optional.of(store), Optional.empty());
  }

  private static void send(HttpEndpoint endpoint, boolean repeatable)
      throws DeliveryException, InterruptedException {
    try (HttpSender sender = new HttpSender(endpoint)) {
      sender.send("POST", "", Map.of("Content-Type", "text/plain"), "\u00e4", repeatable);
    }
  }

  private static DeliveryException failure(HttpEndpoint endpoint, boolean repeatable) {
    DeliveryException failure =
        catchThrowableOfType(DeliveryException.class, () -> send(endpoint, repeatable));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("canary");
    return failure;
  }

  private DeliveryException failureOf(int status, String body, String... headers) {
    receiver.answers(status, body, headers);
    return failure(endpoint(receiver.url(PATH)), true);
  }

  private static URI url(RawServer server) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), PATH));
  }

  @Test
  void theEndpointGetsMethodPathHeadersAndBody() throws Exception {
    HttpEndpoint endpoint =
        new HttpEndpoint(
            receiver.url("/base"),
            Optional.of(new Secret("Bearer canary")),
            Optional.empty(),
            Optional.empty());

    try (HttpSender sender = new HttpSender(endpoint)) {
      sender.send("PUT", "/metrics/job/x", Map.of("Content-Type", "text/plain"), "\u00e4", true);
    }

    FakeReceiver.Request request = receiver.request();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path()).isEqualTo("/base/metrics/job/x");
    assertThat(request.body()).isEqualTo("\u00e4");
    assertThat(request.header("authorization")).isEqualTo("Bearer canary");
    assertThat(request.header("content-type")).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void everyStatusOfSuccessIsOne(int status) throws Exception {
    receiver.answers(status, "");

    send(endpoint(receiver.url(PATH)), false);

    assertThat(receiver.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | answered HTTP 400: no_text
          401 | answered HTTP 401: no_text. Check the login or the token
          403 | answered HTTP 403: no_text. Check the login or the token
          404 | answered HTTP 404: no_text. Check the URL
          410 | answered HTTP 410: no_text. Check the URL
          """)
  void aRefusalIsNotRepeatedAndSaysWhatTheEndpointSays(int status, String message) {
    DeliveryException failure = failureOf(status, "\n  no_text\nmore\n");

    assertThat(failure).hasMessage(message);
    assertThat(failure.pause()).isEmpty();
  }

  @Test
  void aPageIsNotQuotedAndALongAnswerIsCut() {
    assertThat(failureOf(400, "<html>\n<body>").getMessage()).isEqualTo("answered HTTP 400");
    assertThat(failureOf(400, "x".repeat(100_000)).getMessage()).hasSizeLessThan(230);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aStatusThatMayPassIsRepeated(int status) {
    assertThat(failureOf(status, "busy").pause()).contains(DeliveryException.PAUSE);
  }

  /** A gateway says nothing about what the server after it has done. */
  @ParameterizedTest
  @CsvSource({"500, true", "503, true", "429, true", "502, false", "504, false"})
  void whatMayHaveArrivedIsNotRepeatedWithoutAnId(int status, boolean repeated) {
    receiver.answers(status, "");

    DeliveryException failure = failure(endpoint(receiver.url(PATH)), false);

    assertThat(failure.pause().isPresent()).isEqualTo(repeated);
  }

  @Test
  void theEndpointSaysWhenToTryAgain() {
    assertThat(failureOf(429, "", "Retry-After", "7").pause()).contains(Duration.ofSeconds(7));
    assertThat(failureOf(503, "", "Retry-After", "Mon, 30 Nov 2026 10:00:00 GMT").pause())
        .contains(DeliveryException.PAUSE);
    assertThat(failureOf(429, "", "Retry-After", "99999999999999999999").pause())
        .contains(DeliveryException.PAUSE);
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (FakeReceiver other = FakeReceiver.start()) {
      DeliveryException failure = failureOf(307, "", "Location", other.url("/stolen").toString());

      assertThat(failure.getMessage()).contains("HTTP 307", "a redirect, which is not followed");
      assertThat(failure.pause()).isEmpty();
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aClosedPortIsNamedAndTriedAgain() {
    DeliveryException failure = failure(endpoint(URI.create("http://127.0.0.1:1" + PATH)), false);

    assertThat(failure).hasMessage("cannot connect; check host, port, firewall and NetworkPolicy");
    assertThat(failure.pause()).isPresent();
  }

  @Test
  void anUnknownNameIsNamed() {
    DeliveryException failure =
        failure(endpoint(URI.create("http://nothing.invalid" + PATH)), false);

    assertThat(failure).hasMessage("the host name cannot be resolved; check the URL");
  }

  @Test
  void aBrokenConnectionIsRepeatedOnlyIfThatIsHarmless() {
    try (RawServer server = RawServer.start(HttpSenderTest::hangUp)) {
      DeliveryException once = failure(endpoint(url(server)), false);

      assertThat(once.getMessage())
          .startsWith("the connection broke before the answer")
          .endsWith("; not repeated, since it may have arrived");
      assertThat(once.pause()).isEmpty();
      assertThat(server.connections()).as("the client's own attempts").isEqualTo(1);
      assertThat(failure(endpoint(url(server)), true).pause()).isPresent();
    }
  }

  private static void hangUp(Socket client) throws IOException {
    read(client, "\r\n\r\n");
    client.close();
  }

  @Test
  void garbageIsNoAnswer() {
    try (RawServer server =
        RawServer.start(client -> answer(client, "SSH-2.0-OpenSSH_9.2\r\n\r\n"))) {
      assertThat(failure(endpoint(url(server)), true).getMessage())
          .startsWith("the connection broke before the answer");
    }
  }

  /** The body of an answer is of no interest when the status is that of success. */
  @Test
  void anEndlessBodyOfSuccessIsNotWaitedFor() throws Exception {
    try (RawServer server =
        RawServer.start(
            client -> answer(client, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nok"))) {
      send(endpoint(url(server)), false);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Else its first line would need all the memory that there is. */
  @Test
  void ofAnEndlessRefusalOnlyTheBeginningIsRead() {
    try (RawServer server =
        RawServer.start(client -> {
          answer(client, "HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            write(client, "a\r\n0123456789\r\n");
          }
        })) {
      assertThat(failure(endpoint(url(server)), true).getMessage())
          .startsWith("answered HTTP 400: 0123456789012")
          .hasSizeLessThan(230);
    }
  }

  static void answer(Socket client, String text) throws IOException {
    read(client, "\r\n\r\n");
    write(client, text);
  }

  private static void write(Socket client, String text) throws IOException {
    OutputStream output = client.getOutputStream();
    output.write(text.getBytes(US_ASCII));
    output.flush();
  }

  private static void read(Socket client, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        throw new IOException("it hung up");
      }
      read.append((char) next);
    }
  }

  @Test
  void aPrivateAuthorityIsTrustedOnlyIfGiven() throws Exception {
    TestAuthority authority = TestAuthority.create();
    try (FakeReceiver secure = FakeReceiver.overTls(authority)) {
      DeliveryException untrusted = failure(endpoint(secure.url(PATH)), true);
      send(trusting(secure.url(PATH), authority.trustStore()), true);

      assertThat(untrusted.getMessage())
          .startsWith("TLS failed: ")
          .contains("certification path", "TLS_CA_FILE")
          .doesNotContain("Exception");
      assertThat(untrusted.pause()).isEmpty();
      assertThat(secure.requests()).hasSize(1);
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    TestAuthority authority = TestAuthority.create();
    try (FakeReceiver secure = FakeReceiver.overTls(authority)) {
      HttpEndpoint wrongName = trusting(secure.url("localhost", PATH), authority.trustStore());

      assertThat(failure(wrongName, true).getMessage())
          .startsWith("TLS failed: ")
          .contains("localhost");
      assertThat(secure.requests()).isEmpty();
    }
  }

  @Test
  void aProxyIsATunnelThatSeesNothing() throws Exception {
    TestAuthority authority = TestAuthority.create();
    try (FakeReceiver secure = FakeReceiver.overTls(authority);
        FakeProxy proxy = FakeProxy.to("jira.example:443", secure.address().getPort())) {
      send(behind(proxy, "https://jira.example" + PATH, authority), true);

      assertThat(secure.request().path()).isEqualTo(PATH);
      assertThat(proxy.requestLines()).containsExactly("CONNECT jira.example:443 HTTP/1.1");
      assertThat(proxy.seen()).doesNotContain("canary");
    }
  }

  @Test
  void aProxyThatRefusesIsNamed() {
    TestAuthority authority = TestAuthority.create();
    try (FakeReceiver secure = FakeReceiver.overTls(authority);
        FakeProxy proxy = FakeProxy.to("jira.example:443", secure.address().getPort())) {
      DeliveryException failure =
          failure(behind(proxy, "https://other.example" + PATH, authority), false);

      assertThat(failure.getMessage())
          .isEqualTo("the proxy refused the connection: HTTP 403. Check HTTPS_PROXY and NO_PROXY");
      assertThat(secure.requests()).isEmpty();
    }
  }

  private static HttpEndpoint behind(FakeProxy proxy, String url, TestAuthority authority) {
    InetSocketAddress address =
        InetSocketAddress.createUnresolved("127.0.0.1", proxy.address().getPort());
    return new HttpEndpoint(
        URI.create(url),
        Optional.empty(),
        Optional.of(authority.trustStore()),
        Optional.of(address));
  }
}
