package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.NeedsServers;
import dnsblmonitor.testing.Rbldnsd;
import dnsblmonitor.testing.RealServer;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One run of the real distribution against the server that many lists run. */
@NeedsServers(RealServer.RBLDNSD)
class RealListServerIT {

  private final Rbldnsd lists =
      Rbldnsd.withZone(
              "bl.example",
              "ip4set",
              ":127.0.0.2:see https://bl.example/?ip=$\n127.0.0.2\n203.0.113.7\n")
          .zone("clean.example", "ip4set", "127.0.0.2\n")
          .start();
  private final World world = World.with("bl.example,clean.example");

  @AfterEach
  void endWorld() {
    world.close();
    lists.close();
  }

  @Test
  void aListedAddressIsThrottledAndTicketed() {
    world.set("DNS_RESOLVERS", "127.0.0.1:" + lists.address().getPort());
    world.database().insert("203.0.113.7", 80);
    world.database().insert("203.0.113.8", 60);

    Ended run = world.run();

    run.expectExit(0);
    assertThat(world.database().rows())
        .containsExactly(
            new Row(1, "203.0.113.7", 0, 80, "bl.example", "new block from list(s) bl.example"),
            new Row(2, "203.0.113.8", 60, null, null, null));
    assertThat(world.jira().issues())
        .singleElement()
        .satisfies(ticket ->
            assertThat(ticket.description()).contains("see https://bl.example/?ip=203.0.113.7"));
    assertThat(run.events("dns_failure")).isEmpty();
  }
}
