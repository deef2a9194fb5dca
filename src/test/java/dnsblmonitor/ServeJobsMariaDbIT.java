package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.jobs.JobTables;
import dnsblmonitor.jobs.JobsDatabase;
import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.ServerTraces;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestJobs;
import dnsblmonitor.testing.TestMariaDb;
import dnsblmonitor.testing.World;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R5d: jobs that outlive the server, their repository in MariaDB, by the DDL that ships. */
@NeedsMariaDb
class ServeJobsMariaDbIT {

  @TempDir Path output = Path.of("set by JUnit");

  private final MariaDbServer server = MariaDbServer.start();
  private final TestMariaDb database = TestMariaDb.create(server);
  private final World world = World.around(database, "zen.example");
  private final JobsDatabase jobs =
      new JobsDatabase(
          "jdbc:mariadb://127.0.0.1:%d/dnsbl_jobs?connectTimeout=5000".formatted(database.port()),
          "dnsbl_jobs",
          new Secret(TestJobs.PASSWORD),
          "dnsbl_jobs");

  @AfterEach
  void endWorld() {
    world.close();
    server.close();
  }

  @Test
  void jobsOutliveTheServer() {
    TestJobs.inMariaDb(server);
    database.insert("203.0.113.7", 80);
    world.set("WLP_OUTPUT_DIR", output.toString());
    world.set(
        "SERVE_JOBS_DB_URL",
        "mariadb://dnsbl_jobs:%s@127.0.0.1:%d/dnsbl_jobs"
            .formatted(TestDatabase.percentEncoded(TestJobs.PASSWORD), database.port()));
    int instance;
    try (ServeProcess first = ServeProcess.start(world)) {
      String many = String.join(",", Collections.nCopies(30, "203.0.113.7"));
      instance =
          first.submitted(Caller.ADMIN, "{\"dryRun\": \"true\", \"ips\": \"%s\"}".formatted(many));
      assertThat(first.awaitEnd(instance).getString("exitStatus")).isEqualTo("0");
    }
    try (ServeProcess second = ServeProcess.start(world)) {
      assertThat(second.execution(instance).getString("exitStatus")).isEqualTo("0");
      int next = second.submitted(Caller.ADMIN, "{\"dryRun\": \"true\"}");
      assertThat(next).isGreaterThan(instance);
      assertThat(second.awaitEnd(next).getString("exitStatus")).isEqualTo("0");
    }

    List<Path> files = ServerTraces.files(output);
    assertThat(files).anyMatch(file -> ServerTraces.content(file).contains("credentialType=ENV"));
    assertThat(files).noneMatch(file -> ServerTraces.content(file).contains(TestJobs.PASSWORD));
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    isRefused("the login was refused; check user and password");
    TestJobs.inMariaDb(server);
    assertThatCode(() -> JobTables.require(jobs)).doesNotThrowAnyException();

    server.execute("alter table dnsbl_jobs.JOBPARAMETER modify VALUE varchar(255)");
    isRefused("JOBPARAMETER.VALUE in database \"dnsbl_jobs\" is too narrow; ALTER TABLE");
    server.execute("revoke delete, insert on dnsbl_jobs.* from dnsbl_jobs");
    isRefused("DELETE on JOBINSTANCE, INSERT on JOBINSTANCE, DELETE on JOBEXECUTION");
    server.execute("set global read_only = on");
    isRefused("is on a server that is read-only (a replica?)");
    server.execute("drop table dnsbl_jobs.JOBPARAMETER");
    isRefused("JOBPARAMETER not found in database \"dnsbl_jobs\"");
    server.execute("drop database dnsbl_jobs");
    isRefused("the database does not exist or this user may not use it");
  }

  private void isRefused(String what) {
    assertThatThrownBy(() -> JobTables.require(jobs))
        .hasMessageContaining("SERVE_JOBS_DB_URL")
        .hasMessageContaining(what)
        .hasMessageNotContaining(TestJobs.PASSWORD);
  }
}
