package dnsblmonitor.postal;

import dnsblmonitor.containers.DatabaseContainers;
import dnsblmonitor.containers.NeedsEngine;
import dnsblmonitor.testing.PostgresServer;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestPostgres;
import org.junit.jupiter.api.Nested;

/** The contracts on PostgreSQL in a container. */
@NeedsEngine
class PostgresContainerIT {

  private static PostgresServer server() {
    return DatabaseContainers.postgres().server();
  }

  @Nested
  class Table implements IpAddressTableContract {

    private final PostalTable postal = PostalTable.in(TestPostgres.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class ManyRows implements ManyRowsContract {

    private final PostalTable postal = PostalTable.in(TestPostgres.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class RailsBesideUs implements RailsBesideUsContract {

    private final PostalTable postal = PostalTable.in(TestPostgres.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class Migrating implements MigrationContract {

    private final TestDatabase database = TestPostgres.withoutColumns(server());

    @Override
    public TestDatabase database() {
      return database;
    }
  }

  @Nested
  class Ipv6Column implements Ipv6ColumnContract {

    private final PostalTable postal = PostalTable.in(TestPostgres.create(server()));

    @Override
    public PostalTable postal() {
      return postal;
    }
  }

  @Nested
  class Lock implements RunLockPostgresContract {

    private final TestDatabase database = TestPostgres.create(server());

    @Override
    public TestDatabase database() {
      return database;
    }

    @Override
    public TestDatabase withoutColumns() {
      return TestPostgres.withoutColumns(server());
    }

    @Override
    public String client() {
      return DatabaseContainers.postgres().client();
    }
  }
}
