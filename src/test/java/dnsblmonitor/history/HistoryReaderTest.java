package dnsblmonitor.history;

import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;

/** The contract on an embedded PostgreSQL. */
class HistoryReaderTest implements HistoryReaderContract {

  private final TestDatabase database = TestDatabase.create();
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
