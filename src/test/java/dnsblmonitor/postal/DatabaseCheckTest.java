package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL. */
class DatabaseCheckTest implements DatabaseCheckContract {

  private final TestDatabase database = TestDatabase.create();

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestDatabase withoutColumns() {
    return TestDatabase.withoutColumns();
  }

  @Override
  public String product() {
    return "PostgreSQL";
  }
}
