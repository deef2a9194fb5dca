package dnsblmonitor.ops;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.TestMariaDb;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class HistoryMigrationMariaDbIT implements HistoryMigrationContract {

  private final TestDatabase database = TestMariaDb.create();
  private final TestHistory history = TestHistory.withoutTables(database);

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestHistory history() {
    return history;
  }
}
