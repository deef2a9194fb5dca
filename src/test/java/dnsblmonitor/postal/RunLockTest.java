package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL, where a schema of the same database is a neighbour. */
class RunLockTest implements RunLockContract {

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
  public DatabaseSettings neighbour() {
    database.execute(
        "create schema other; create table other.ip_addresses (like postal.ip_addresses);"
            + " grant usage on schema other to monitor;"
            + " grant select on other.ip_addresses to monitor");
    DatabaseSettings own = database.settings();
    return new DatabaseSettings(own.kind(), own.jdbcUrl(), own.user(), own.password(), "other");
  }

  @Override
  public String holder(String runId) {
    return "dnsbl-monitor " + runId;
  }
}
