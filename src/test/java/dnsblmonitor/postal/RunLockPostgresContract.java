package dnsblmonitor.postal;

/** The contract on a PostgreSQL, where a schema of the same database is a neighbour. */
interface RunLockPostgresContract extends RunLockContract {

  @Override
  default DatabaseSettings neighbour() {
    database()
        .execute(
            "create schema other; create table other.ip_addresses (like postal.ip_addresses);"
                + " grant usage on schema other to monitor;"
                + " grant select on other.ip_addresses to monitor");
    DatabaseSettings own = database().settings();
    return new DatabaseSettings(own.kind(), own.jdbcUrl(), own.user(), own.password(), "other");
  }

  @Override
  default String holder(String runId) {
    return "dnsbl-monitor " + runId;
  }
}
