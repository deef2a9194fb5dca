package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestMariaDb;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract on a real MariaDB, where a column's name is the same in any case. */
@NeedsMariaDb
class MigrationMariaDbIT implements MigrationContract {

  private final TestDatabase database = TestMariaDb.withoutColumns();

  @Override
  public TestDatabase database() {
    return database;
  }

  @Test
  void aColumnInAnotherCaseIsTheSame() {
    database.execute(
        "alter table ip_addresses add oldpriority int, add BLOCKINGLISTS text, add lastevent text");

    Migration.Report report = new Migration(database.owner(), Duration.ofSeconds(1)).run();

    assertThat(report.outcome()).isInstanceOf(Migration.NothingToDo.class);
    assertThat(report.hints()).isEmpty();
    database.rights().statements().forEach(database::executePlainly);
    RunLock.checkSchema(database.settings(), "run");
  }

  @Test
  void theRightToAlterByAGrantOnTheTableAloneIsSeen() {
    database.execute("grant all on ip_addresses to monitor");

    Migration.Report report = new Migration(database.settings(), Duration.ofSeconds(1)).dryRun();

    assertThat(report.login()).isEqualTo(Migration.Login.OWNER);
  }
}
