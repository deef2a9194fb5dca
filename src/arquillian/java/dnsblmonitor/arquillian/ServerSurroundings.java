package dnsblmonitor.arquillian;

import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Starts PostgreSQL before the server and hands the server its environment, as the launcher does:
 * where the database is, and the JDK to run on, which is that of the tests and need not be Maven's.
 */
public final class ServerSurroundings {

  private static final Path SERVER_ENVIRONMENT =
      Path.of("target/liberty/wlp/usr/servers/arquillian/server.env");
  private static final String PORT = "TEST_DATABASE_PORT";
  private static final String NAME = "TEST_DATABASE_NAME";
  private static final String FIGURES = "TEST_FIGURES";

  private @Nullable TestDatabase database;

  void prepare(@Observes BeforeStart event) throws IOException {
    TestDatabase created = TestDatabase.create();
    database = created;
    DatabaseSettings settings = created.settings();
    Files.write(
        SERVER_ENVIRONMENT,
        List.of(
            "JAVA_HOME=" + System.getProperty("java.home"),
            "POSTAL_MONITOR_JDBC_URL=" + settings.jdbcUrl(),
            "TEST_HTTP_PORT=" + System.getProperty("arquillian.port"),
            PORT + "=" + created.port(),
            NAME + "=" + created.name(),
            FIGURES + "=" + Path.of("target", "leftovers.txt").toAbsolutePath()));
  }

  void clear(@Observes AfterStop event) {
    if (database != null) {
      database.close();
    }
  }

  /** Inside the server: the database that was handed over. */
  public static TestDatabase handedOver() {
    return TestPostgres.madeElsewhere(Integer.parseInt(System.getenv(PORT)), System.getenv(NAME));
  }

  /** Inside the server: where figures go that whoever started the tests may want to read. */
  public static Path figures() {
    return Path.of(System.getenv(FIGURES));
  }
}
