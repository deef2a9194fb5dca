package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import org.junit.jupiter.api.Test;

/** The contract on an embedded PostgreSQL. */
class HistoryCheckTest implements HistoryCheckContract {

  private final TestDatabase database = TestDatabase.create();
  private final TestHistory history = TestHistory.create(database);

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestHistory history() {
    return history;
  }

  /** R9a. A host that does not resolve is not loopback. */
  @Test
  void aConnectionThatOthersMayReadIsAWarning() {
    HistorySettings here = history.settings();
    DatabaseSettings database = here.database();
    HistorySettings elsewhere =
        new HistorySettings(
            new DatabaseSettings(
                database.kind(),
                database.jdbcUrl().replaceFirst("(:\\d+)/", "$1,db.invalid:5432/"),
                database.user(),
                database.password(),
                database.schema()),
            here.deployment(),
            here.retention());

    assertThat(new HistoryCheck(elsewhere).finding())
        .isInstanceOf(Warns.class)
        .extracting(Finding::details)
        .asString()
        .contains("version 1 of the tables", "set HISTORY_DB_URL with sslmode=verify-full")
        .doesNotContain("not recorded");
  }
}
