package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeDnsServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R5d: readiness asks whether any resolver answers, whatever it says. */
class ResolverProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration OF_A_LOOKUP = Duration.ofSeconds(20);

  @Test
  void anErrorIsAnAnswer() {
    try (FakeDnsServer server = FakeDnsServer.start()) {
      assertThat(ResolverProbe.answers(settings(server.address()), PATIENCE)).isTrue();
      assertThat(server.questions()).hasSize(1);
    }
  }

  @Test
  void aPortWhereNobodyListensIsNoResolver() {
    assertThat(ResolverProbe.answers(settings(LookupWorld.closedPort()), PATIENCE)).isFalse();
  }

  @Test
  void silenceIsWaitedForNoLongerThanThePatience() throws SocketException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      long begun = System.nanoTime();

      assertThat(
              ResolverProbe.answers(
                  settings((InetSocketAddress) silent.getLocalSocketAddress()),
                  Duration.ofMillis(300)))
          .isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(300), PATIENCE);
    }
  }

  @Test
  void oneThatAnswersBesideADeadOneIsEnough() {
    try (FakeDnsServer server = FakeDnsServer.start()) {
      DnsSettings settings = settings(LookupWorld.closedPort(), server.address());

      assertThat(ResolverProbe.answers(settings, PATIENCE)).isTrue();
      assertThat(ResolverProbe.answers(settings, PATIENCE)).isTrue();
    }
  }

  private static DnsSettings settings(InetSocketAddress... resolvers) {
    return new DnsSettings(List.of(resolvers), OF_A_LOOKUP, 4, 0, false);
  }
}
