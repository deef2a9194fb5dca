package dnsblmonitor.ops;

import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;

/** The contract on PostgreSQL. */
class HistoryMigrationTest implements HistoryMigrationContract {

  private final TestDatabase database = TestDatabase.create();
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
