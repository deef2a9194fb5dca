package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R12, R13: the settings of the lookups and their bounds. */
class DnsSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1, 0, timeout PT0S",
    "PT-1S, 1, 0, timeout PT-1S",
    "PT5M0.001S, 1, 0, timeout PT5M0.001S",
    "PT5S, 0, 0, concurrency 0",
    "PT5S, 1001, 0, concurrency 1001",
    "PT5S, 1, -1, rate -1",
    "PT5S, 1, 10001, rate 10001",
  })
  void valueOutOfRangeIsRefusedByName(Duration timeout, int concurrency, int rate, String named) {
    assertThatThrownBy(() -> new DnsSettings(List.of(), timeout, concurrency, rate, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(named);
  }

  @Test
  void unresolvedResolverIsRefused() {
    InetSocketAddress resolver = InetSocketAddress.createUnresolved("resolver.example", 53);

    assertThatThrownBy(() -> new DnsSettings(List.of(resolver), Duration.ofSeconds(5), 1, 0, false))
        .hasMessageContaining("resolver.example");
  }

  @Test
  void resolversAreCopied() {
    List<InetSocketAddress> resolvers =
        new ArrayList<>(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53)));
    DnsSettings settings = new DnsSettings(resolvers, Duration.ofSeconds(5), 1, 0, false);

    resolvers.clear();

    assertThat(settings.resolvers()).hasSize(1);
  }

  @Test
  void moreResolversThanTheEngineHasSocketsForAreRefused() {
    List<InetSocketAddress> resolvers =
        Collections.nCopies(17, new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));

    assertThatThrownBy(() -> new DnsSettings(resolvers, Duration.ofSeconds(5), 1, 0, false))
        .hasMessage("17 resolvers are too many; the maximum is 16");
  }
}
