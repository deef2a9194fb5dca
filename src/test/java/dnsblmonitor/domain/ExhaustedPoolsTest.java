package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** R22a: a pool of which every valid address is listed. */
class ExhaustedPoolsTest {

  private static final Ipv4Address ONE = Ipv4Address.of("203.0.113.1");
  private static final Ipv4Address TWO = Ipv4Address.of("203.0.113.2");

  @Test
  void poolIsExhaustedWhenAllItsAddressesAreListed() {
    ExhaustedPools pools =
        ExhaustedPools.among(
            List.of(
                Worlds.row(2, 7L, "203.0.113.2", Worlds.listedRow("a.example")),
                Worlds.row(1, 7L, "203.0.113.1", Worlds.listedRow("b.example"))),
            _ -> false);

    assertThat(pools.addressesByPool()).containsOnlyKeys(7L);
    assertThat(pools.addressesByPool().get(7L)).containsExactly(ONE, TWO);
    assertThat(pools.holds(ONE)).isTrue();
  }

  @Test
  void oneCleanAddressSavesItsPoolButNoOther() {
    ExhaustedPools pools =
        ExhaustedPools.among(
            List.of(
                Worlds.row(1, 7L, "203.0.113.1", Worlds.listedRow("a.example")),
                Worlds.row(3, 8L, "203.0.113.3", Worlds.listedRow("a.example"))),
            pool -> pool == 7);

    assertThat(pools.addressesByPool()).containsOnlyKeys(8L);
    assertThat(pools.holds(ONE)).isFalse();
  }

  @Test
  void listedAddressWhosePriorityAPersonRaisedIsStillListed() {
    RowValues raised = new RowValues(100, 50, "a.example", null);

    ExhaustedPools pools =
        ExhaustedPools.among(List.of(Worlds.row(1, 7L, "203.0.113.1", raised)), _ -> false);

    assertThat(pools.holds(ONE)).isTrue();
  }

  @Test
  void addressesWithoutPoolExhaustNone() {
    ExhaustedPools pools =
        ExhaustedPools.among(
            List.of(Worlds.row(1, null, "203.0.113.1", Worlds.listedRow("a.example"))), _ -> false);

    assertThat(pools.addressesByPool()).isEmpty();
  }
}
