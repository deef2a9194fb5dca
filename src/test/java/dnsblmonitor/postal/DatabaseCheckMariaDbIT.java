package dnsblmonitor.postal;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestMariaDb;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class DatabaseCheckMariaDbIT implements DatabaseCheckContract {

  private final TestDatabase database = TestMariaDb.create();

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestDatabase withoutColumns() {
    return TestMariaDb.withoutColumns();
  }

  @Override
  public String product() {
    return "MariaDB";
  }
}
