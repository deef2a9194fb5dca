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
}
