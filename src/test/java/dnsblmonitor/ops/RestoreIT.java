package dnsblmonitor.ops;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.postal.RunLock;
import dnsblmonitor.testing.DocsBlock;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.Uncommitted;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** R42: the distribution's {@code restore}, as a process; the database's variables are enough. */
@ExtendWith(SharedServerExtension.class)
class RestoreIT {

  private final World world;
  private final TestDatabase database;

  RestoreIT(SharedServer server) {
    world = server.world("zen.example");
    database = world.database();
  }

  @BeforeEach
  void twoOfThreeAreThrottled() {
    database.insert("203.0.113.6", 40);
    database.insert("203.0.113.7", 80);
    database.insert("203.0.113.8", 60);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.dns().lists("zen.example", "203.0.113.8", "127.0.0.2");
    world.run().expectExit(0);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private CommandProcess.Ended restore(String... more) {
    Map<String, String> variables = new TreeMap<>(Map.of("DB_URL", database.url()));
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    CommandProcess.Ended ended = CommandProcess.run("restore", variables);
    assertThat(ended.all()).doesNotContain(TestDatabase.PASSWORD, "Exception", "\tat ");
    return ended;
  }

  /** The lines of an incident in docs/operations.md. */
  @Test
  void theLinesOfAnIncidentRestoreAndExcept(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(
        folder.resolve("target/world.env"),
        world.environment().entrySet().stream()
            .map(entry -> "%s='%s'%n".formatted(entry.getKey(), entry.getValue()))
            .collect(joining()));
    DocsBlock incident = DocsBlock.of("incident", folder, Map.of());

    assertThat(incident.run("DRY_RUN=.*").output()).contains("would be restored: 2");
    assertThat(incident.run("RESTORE_IPS=.*").output()).contains("restored: 1");
    assertThat(database.row("203.0.113.7").priority()).isEqualTo(80);
    assertThat(incident.run("EXCEPTIONS=.*").exitCode()).isZero();
    assertThat(database.row("203.0.113.7").priority()).isEqualTo(80);
    assertThat(incident.run("dnsbl-monitor restore").output()).contains("203.0.113.8");
    assertThat(database.row("203.0.113.8").priority()).isEqualTo(60);
    assertThat(incident.linesNotRun()).isEmpty();
  }

  @Test
  void itShowsRefusesAndRestores() {
    CommandProcess.Ended dry = restore("DRY_RUN", "true");
    assertThat(dry.exitCode()).as(dry.all()).isZero();
    assertThat(dry.table())
        .containsExactly(
            "203.0.113.7      would be restored: priority 0 -> 80; was listed by zen.example",
            "203.0.113.8      would be restored: priority 0 -> 60; was listed by zen.example",
            "would be restored: 2, left: 0",
            "DRY_RUN is true: nothing was written");
    assertThat(database.writes()).isEqualTo(2);

    CommandProcess.Ended bad = restore("RESTORE_IPS", "203.0.113.300, ::1");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.standardError())
        .contains("RESTORE_IPS: '203.0.113.300' is not an IPv4 address", "'::1'");

    assertThat(restore("RESTORE_IPS", ",").standardError()).contains("contains no address");
    assertThat(restore("RESTORE_IP", "203.0.113.7", "DRYRUN", "1").standardError())
        .contains("RESTORE_IP: is unknown; did you mean RESTORE_IPS?", "DRYRUN: is unknown");
    assertThat(database.writes()).isEqualTo(2);

    RunLock.Acquired held =
        (RunLock.Acquired) RunLock.tryAcquire(database.settings(), "run-7", () -> {});
    try (RunLock _ = held.lock()) {
      CommandProcess.Ended during = restore();
      assertThat(during.exitCode()).isEqualTo(1);
      assertThat(during.standardError())
          .contains("a run is in progress (dnsbl-monitor", "Suspend", "Nothing was written");
    }
    assertThat(database.writes()).isEqualTo(2);

    CommandProcess.Ended missing = restore("RESTORE_IPS", "203.0.113.7,198.51.100.1");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.standardError())
        .contains(
            "RESTORE_IPS: ip_addresses has no row for 198.51.100.1. Correct RESTORE_IPS. Nothing was written");

    CommandProcess.Ended some = restore("RESTORE_IPS", "203.0.113.6,203.0.113.7");
    assertThat(some.exitCode()).as(some.all()).isZero();
    assertThat(some.table())
        .containsExactly(
            "203.0.113.7      restored: priority 0 -> 80; was listed by zen.example",
            "203.0.113.6      not throttled",
            "restored: 1, left: 0");

    try (var _ = Uncommitted.update(database, "update ip_addresses set hostname = 'x'")) {
      CommandProcess.Ended left = restore();
      assertThat(left.exitCode()).isEqualTo(1);
      assertThat(left.table())
          .containsExactly(
              "203.0.113.8      not restored, since another session keeps the row locked: priority 0 -> 60; was listed by zen.example",
              "restored: 0, left: 1");
    }

    assertThat(restore().table())
        .containsExactly(
            "203.0.113.8      restored: priority 0 -> 60; was listed by zen.example",
            "restored: 1, left: 0");
    assertThat(database.row("203.0.113.8").lastEvent()).isEqualTo("restored by hand");
    assertThat(world.jira().writes()).as("tickets are not touched").isEqualTo(2);

    world.run().expectExit(0);
    assertThat(database.row("203.0.113.7").priority()).as("the next run throttles again").isZero();
  }
}
