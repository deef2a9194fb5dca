package dnsblmonitor.containers;

import com.github.dockerjava.api.model.ContainerNetwork;
import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.PostgresServer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The database servers that the tests of this JVM share, of the images that the system properties
 * {@code postgres.image} and {@code mariadb.image} name. Testcontainers removes them when the JVM
 * ends.
 */
public final class DatabaseContainers {

  static final String MARIADB_IMAGE = System.getProperty("mariadb.image", "mariadb:11.8");

  private static final String POSTGRES_IMAGE = System.getProperty("postgres.image", "postgres:18");

  private static final String OWNERS_PASSWORD = "owner";

  private DatabaseContainers() {}

  /**
   * A server, its address among the containers, and from where it sees the sessions of this JVM
   * come: this machine's own address in that network.
   */
  public record Started<T>(T server, String address, String client) {}

  private static final class Postgres {
    static final Started<PostgresServer> SHARED = start();

    @SuppressWarnings("resource") // Testcontainers closes it
    private static Started<PostgresServer> start() {
      PostgreSQLContainer container =
          new PostgreSQLContainer(image(POSTGRES_IMAGE, "postgres"))
              .withUsername("postgres")
              .withPassword(OWNERS_PASSWORD);
      container.start();
      int port = container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
      return new Started<>(
          new PostgresServer(port, OWNERS_PASSWORD).withMonitor(),
          network(container).getIpAddress(),
          network(container).getGateway());
    }
  }

  private static final class MariaDb {
    static final Started<MariaDbServer> SHARED = start();

    @SuppressWarnings("resource") // Testcontainers closes it
    private static Started<MariaDbServer> start() {
      MariaDBContainer container =
          new MariaDBContainer(image(MARIADB_IMAGE, "mariadb"))
              .withUsername("root")
              .withPassword("");
      // MariaDB 11.4 and later enable TLS by default; the contracts need a server without it
      container.withCommand("mariadbd", "--skip-ssl");
      container.start();
      return new Started<>(
          MariaDbServer.startedElsewhere(container.getFirstMappedPort()),
          network(container).getIpAddress(),
          network(container).getGateway());
    }
  }

  private static DockerImageName image(String name, String kind) {
    return DockerImageName.parse(name).asCompatibleSubstituteFor(kind);
  }

  /** Connections to a published port are made from its gateway. */
  private static ContainerNetwork network(GenericContainer<?> container) {
    return container
        .getContainerInfo()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .iterator()
        .next();
  }

  public static Started<PostgresServer> postgres() {
    return Postgres.SHARED;
  }

  public static Started<MariaDbServer> mariaDb() {
    return MariaDb.SHARED;
  }
}
