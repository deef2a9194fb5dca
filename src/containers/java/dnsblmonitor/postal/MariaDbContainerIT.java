package dnsblmonitor.postal;

import dnsblmonitor.containers.DatabaseContainers;
import dnsblmonitor.containers.NeedsEngine;
import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestMariaDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contracts on MariaDB in a container. */
@NeedsEngine
class MariaDbContainerIT {

  private static MariaDbServer server() {
    return DatabaseContainers.mariaDb().server();
  }

  @Nested
  class Table implements IpAddressTableContract {

    private final PostalTable postal = PostalTable.in(TestMariaDb.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class ManyRows implements ManyRowsContract {

    private final PostalTable postal = PostalTable.in(TestMariaDb.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class RailsBesideUs implements RailsBesideUsContract {

    private final PostalTable postal = PostalTable.in(TestMariaDb.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class Migrating implements MigrationContract {

    private final TestDatabase database = TestMariaDb.withoutColumns(server());

    @Override
    public TestDatabase database() {
      return database;
    }
  }

  @Nested
  class Ipv6Column implements Ipv6ColumnContract {

    private final PostalTable postal = PostalTable.in(TestMariaDb.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class Lock implements RunLockContract {

    private final TestDatabase database = TestMariaDb.create(server());
    private final TestDatabase neighbour = TestMariaDb.create(server());

    @AfterEach
    void dropNeighbour() {
      neighbour.close();
    }

    @Override
    public TestDatabase database() {
      return database;
    }

    @Override
    public TestDatabase withoutColumns() {
      return TestMariaDb.withoutColumns(server());
    }

    @Override
    public DatabaseSettings neighbour() {
      return neighbour.settings();
    }

    @Override
    public String holder(String runId) {
      return "dnsbl-monitor";
    }

    @Override
    public String client() {
      return DatabaseContainers.mariaDb().client();
    }
  }
}
