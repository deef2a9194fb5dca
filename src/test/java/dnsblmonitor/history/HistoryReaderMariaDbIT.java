package dnsblmonitor.history;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.TestMariaDb;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class HistoryReaderMariaDbIT implements HistoryReaderContract {

  private final TestDatabase database = TestMariaDb.create();
  private final TestHistory history = TestHistory.create(database);
  private final HistoryReader reader = new HistoryReader(history.settings());

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestHistory history() {
    return history;
  }

  @Override
  public HistoryReader reader() {
    return reader;
  }
}
