package dnsblmonitor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.DatabaseException.Fault;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestJobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R5d: what is wrong with a job repository is said before the server is started. */
class JobTablesTest {

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void whatTheShippedDdlMakesAndGrantsIsEnough() {
    JobsDatabase jobs = TestJobs.in(database).settings();

    assertThatCode(() -> JobTables.require(jobs)).doesNotThrowAnyException();
  }

  @Test
  void withoutTablesItIsSaidHowToMakeThem() {
    DatabaseException refused = refused(TestJobs.withoutTables(database).settings());

    assertThat(refused.fault()).isEqualTo(Fault.SCHEMA);
    assertThat(refused)
        .hasMessageContainingAll(
            "SERVE_JOBS_DB_URL",
            "jobinstance",
            "jobparameter",
            "schema \"dnsbl_jobs\"",
            "ddl/jobs-postgresql.sql");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drop table dnsbl_jobs.jobparameter                     | jobparameter not found in schema
          revoke usage on schema dnsbl_jobs from dnsbl_jobs      | or not visible to this user
          revoke delete on dnsbl_jobs.jobinstance from dnsbl_jobs | DELETE on jobinstance in schema
          revoke all on all sequences in schema dnsbl_jobs from dnsbl_jobs | USAGE on jobinstance_jobinstanceid_seq, USAGE
          alter table dnsbl_jobs.jobparameter alter value type varchar(255) | jobparameter.value in schema "dnsbl_jobs" is too narrow; ALTER TABLE
          alter role dnsbl_jobs in database {} set default_transaction_read_only to on | is read-only
          """)
  void whatIsMissingOrWrongIsNamed(String change, String told) {
    JobsDatabase jobs = TestJobs.in(database).settings();
    database.execute(change.replace("{}", database.name()));

    DatabaseException refused = refused(jobs);

    assertThat(refused.fault()).isEqualTo(Fault.SCHEMA);
    assertThat(refused).hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource({
    "/postal, /nosuch, the database does not exist",
    "127.0.0.1:\\d+, 127.0.0.1:1, 'cannot connect, or the connection was lost'",
    "'', '', the login was refused"
  })
  void aDatabaseThatIsNotReachedIsToldWithoutThePassword(String from, String to, String told) {
    JobsDatabase jobs = TestJobs.in(database).settings();
    Secret password = to.isEmpty() ? new Secret("canary-wrong") : jobs.password();
    String url = from.isEmpty() ? jobs.jdbcUrl() : jobs.jdbcUrl().replaceFirst(from, to);

    DatabaseException refused =
        refused(new JobsDatabase(url, jobs.user(), password, jobs.schema()));

    assertThat(refused.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(refused).hasMessageContaining(told);
    assertThat(refused.getMessage()).doesNotContain("canary");
  }

  private static DatabaseException refused(JobsDatabase jobs) {
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> JobTables.require(jobs));
    assertThat(refused).isNotNull();
    return refused;
  }
}
