package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL. */
class RestorationTest implements RestorationContract {

  private final TestDatabase database = TestDatabase.create();

  @Override
  public TestDatabase database() {
    return database;
  }
}
