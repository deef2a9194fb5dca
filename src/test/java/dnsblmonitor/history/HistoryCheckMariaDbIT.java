package dnsblmonitor.history;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.TestMariaDb;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class HistoryCheckMariaDbIT implements HistoryCheckContract {

  private final TestDatabase database = TestMariaDb.create();
  private final TestHistory history = TestHistory.create(database);

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestHistory history() {
    return history;
  }
}
