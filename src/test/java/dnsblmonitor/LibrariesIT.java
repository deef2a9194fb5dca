package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which commands load which libraries: a run loads nothing that it does not need. */
class LibrariesIT {

  private final Path distribution = MonitorProcess.distribution();

  /** R36: neither in the application nor beside a run's launcher. */
  @Test
  void theMigrationLibraryIsOnlyInTheFolderOfMigrate() throws IOException {
    try (Stream<Path> files = Files.walk(distribution)) {
      assertThat(
              files
                  .map(file -> distribution.relativize(file).toString())
                  .filter(file -> file.contains("flyway"))
                  .map(file -> file.replaceFirst("-\\d[\\d.]*\\.jar$", "")))
          .containsExactlyInAnyOrder(
              "lib/migrate/flyway-core",
              "lib/migrate/flyway-database-postgresql",
              "lib/migrate/flyway-mysql");
    }
  }

  @Test
  void thatFolderIsOnTheClassPathOfMigrateOnly() {
    List<String> lines =
        ProjectFiles.read(distribution.resolve("bin/dnsbl-monitor"))
            .lines()
            .filter(line -> line.contains("lib/migrate"))
            .toList();

    assertThat(lines).singleElement().asString().startsWith("  migrate) ");
  }

  /** R39: the library of mail is in the application, and beside it only for notify-test. */
  @Test
  void theMailLibraryHasAFolderOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.walk(distribution)) {
      assertThat(
              files
                  .map(file -> distribution.relativize(file).toString())
                  .filter(file -> !file.startsWith("trained/"))
                  .filter(file -> file.matches(".*/(jakarta.mail|angus-activation)[^/]*.jar"))
                  .map(file -> file.replaceFirst("-\\d[\\d.]*\\.jar$", "")))
          .containsExactlyInAnyOrder(
              "lib/notify/jakarta.mail",
              "lib/notify/angus-activation",
              "wlp/usr/servers/dnsbl-monitor/apps/dnsbl-monitor.war/WEB-INF/lib/jakarta.mail",
              "wlp/usr/servers/dnsbl-monitor/apps/dnsbl-monitor.war/WEB-INF/lib/angus-activation");
    }
    assertThat(
            ProjectFiles.read(distribution.resolve("bin/dnsbl-monitor"))
                .lines()
                .filter(line -> line.contains("lib/notify")))
        .singleElement()
        .asString()
        .startsWith("  notify-test) ");
  }
}
