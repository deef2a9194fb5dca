package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract on an embedded PostgreSQL, which tells columns by the case of their names. */
class MigrationTest implements MigrationContract {

  private final TestDatabase database = TestDatabase.withoutColumns();

  @Override
  public TestDatabase database() {
    return database;
  }

  @Test
  void aColumnInAnotherCaseIsAnotherOneAndSaidSo() {
    database.execute("alter table ip_addresses add oldPriority integer");

    assertThatThrownBy(() -> RunLock.checkSchema(database.owner(), "run"))
        .hasMessageContaining(
            "column oldpriority is not used: PostgreSQL names are case-sensitive, and it is not \"oldPriority\"");
    assertThat(new Migration(database.owner(), Duration.ofSeconds(1)).run().hints())
        .singleElement()
        .asString()
        .contains("oldpriority", "is not used");
  }

  @Test
  void typesThatComeBackOtherThanTheyWereWrittenAreNamed() {
    database.execute("alter table ip_addresses add \"lastEvent\" character(80)");

    assertThatThrownBy(() -> new Migration(database.owner(), Duration.ofSeconds(1)).run())
        .hasMessageContaining("lastEvent is character(80)");
  }

  @Test
  void aSchemaMayHaveAnyName() {
    database.execute("alter schema postal rename to \"Post'al \"\"x\"");
    DatabaseSettings owner = database.owner();
    DatabaseSettings renamed =
        new DatabaseSettings(
            owner.kind(), owner.jdbcUrl(), owner.user(), owner.password(), "Post'al \"x");

    Migration.Report report = new Migration(renamed, Duration.ofSeconds(1)).run();

    assertThat(report.outcome()).isInstanceOf(Migration.Added.class);
    report.rights().statements().forEach(database::executePlainly);
  }
}
