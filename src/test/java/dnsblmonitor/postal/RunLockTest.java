package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL. */
class RunLockTest implements RunLockPostgresContract {

  private final TestDatabase database = TestDatabase.create();

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestDatabase withoutColumns() {
    return TestDatabase.withoutColumns();
  }
}
