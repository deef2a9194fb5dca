package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeProxy;
import dnsblmonitor.testing.TestAuthority;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code TLS_CA_FILE} and {@code HTTPS_PROXY} come to, with real handshakes and tunnels. */
class TlsAndProxyTest {

  private static final URI NAMED = URI.create("https://jira.example/tracker");

  private static final TestAuthority AUTHORITY = TestAuthority.create();

  private final DeskAtFakeJira world = new DeskAtFakeJira();
  private final FakeJira jira = FakeJira.overTls(AUTHORITY);

  @AfterEach
  void close() {
    jira.close();
    world.close();
  }

  @Test
  void aProxyThatRefusesTheTunnelIsNoRefusedLogin() {
    try (FakeProxy proxy = FakeProxy.to("other.example:443", jira)) {
      TicketDeskException failure =
          failureOf(world.desk(trusting(NAMED, Optional.of(proxy.address())))::open);

      assertThat(failure.fault()).isEqualTo(Fault.CONFIGURATION_ERROR);
      assertThat(failure).hasMessageContainingAll("403", "HTTPS_PROXY");
      assertThat(jira.requests()).isEmpty();
    }
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefused() {
    TicketDeskException failure =
        failureOf(world.desk(settings(jira.uri(), Optional.empty(), Optional.empty()))::open);

    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessageContaining("certification path");
    assertThat(jira.requests()).isEmpty();
  }

  @Test
  void aCertificateOfAGivenAuthorityIsTrusted() {
    JiraTicketDesk desk = world.desk(trusting(jira.uri(), Optional.empty()));
    desk.open();

    assertThat(jira.issue(carryOut(desk, newTicket())).summary()).isEqualTo(DeskAtFakeJira.SUMMARY);
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    URI other = URI.create("https://localhost:%d/tracker".formatted(jira.uri().getPort()));

    TicketDeskException failure = failureOf(world.desk(trusting(other, Optional.empty()))::open);

    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessageContaining("localhost");
    assertThat(jira.requests()).isEmpty();
  }

  @Test
  void throughAProxyOnlyTheNameIsSeenThere() {
    try (FakeProxy proxy = FakeProxy.to("jira.example:443", jira)) {
      world.desk(trusting(NAMED, Optional.of(proxy.address()))).open();

      assertThat(jira.count("GET", "/myself")).isEqualTo(1);
      assertThat(proxy.requestLines())
          .isNotEmpty()
          .containsOnly("CONNECT jira.example:443 HTTP/1.1");
      assertThat(proxy.seen())
          .doesNotContain(FakeJira.TOKEN, base64(FakeJira.USER + ":" + FakeJira.TOKEN))
          .doesNotContainIgnoringCase("authorization");
    }
  }

  /** {@link URI#getHost()} is null for it. */
  @Test
  void aHostWhoseNameHoldsAnUnderscoreIsConnectedTo() {
    try (FakeProxy proxy = FakeProxy.to("jira_server:443", jira)) {
      URI server = URI.create("https://jira_server/tracker");

      TicketDeskException failure =
          failureOf(world.desk(trusting(server, Optional.of(proxy.address())))::open);

      assertThat(proxy.requestLines()).containsOnly("CONNECT jira_server:443 HTTP/1.1");
      assertThat(failure).hasMessageContaining("jira_server").hasMessageContaining("jira.example");
    }
  }

  private static JiraSettings trusting(URI server, Optional<InetSocketAddress> proxy) {
    return settings(server, Optional.of(AUTHORITY.trustStore()), proxy);
  }

  private static JiraSettings settings(
      URI server, Optional<KeyStore> trusted, Optional<InetSocketAddress> proxy) {
    TestSettings settings = TestSettings.at(server);
    trusted.ifPresent(settings::trustStore);
    proxy.ifPresent(settings::proxy);
    return settings.build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
