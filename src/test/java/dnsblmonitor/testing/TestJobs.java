package dnsblmonitor.testing;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.jobs.JobsDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A job repository in a schema of its own, made from the DDL that ships, by a role that may create
 * schemas and is no superuser; used by the role that the DDL grants the least rights.
 */
public record TestJobs(TestDatabase database) {

  public static final String PASSWORD = "canary/jobs:p@s\"s\\ ü";

  private static final String USER = "dnsbl_jobs";
  private static final String OWNER = "jobs_owner";

  /** Nothing but the roles, which all databases of the server share. */
  public static TestJobs withoutTables(TestDatabase database) {
    role(database, USER, "login password '%s'".formatted(PASSWORD));
    role(database, OWNER, "nologin");
    database.execute("grant create on database \"%s\" to %s".formatted(database.name(), OWNER));
    return new TestJobs(database);
  }

  /** Ready for {@code serve}. */
  public static TestJobs in(TestDatabase database) {
    TestJobs jobs = withoutTables(database);
    jobs.create(ddl());
    return jobs;
  }

  private static void role(TestDatabase database, String name, String options) {
    database.execute(
        """
        do $$ begin
          create role %s %s;
        exception when duplicate_object then null;
        end $$
        """
            .formatted(name, options));
  }

  /** What ships. */
  public static String ddl() {
    return shipped("jobs-postgresql.sql");
  }

  private static String shipped(String file) {
    try {
      return Files.readString(Path.of("src/main/distribution/ddl", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * On a MariaDB of its own, by the DDL that ships for it; used by its user of the least rights.
   */
  public static void inMariaDb(MariaDbServer server) {
    String literal = PASSWORD.replace("\\", "\\\\"); // an escape in MariaDB's strings
    server.execute("create user %s identified by '%s'".formatted(USER, literal));
    server.executeAll(shipped("jobs-mariadb.sql"));
  }

  /** Runs {@code ddl} as the owner. */
  public void create(String ddl) {
    database.execute("set role %s; %s".formatted(OWNER, ddl));
  }

  /** As {@code serve} is told of it. */
  public String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(USER, TestDatabase.percentEncoded(PASSWORD), database.port(), database.name());
  }

  /** As {@code serve} understands it. */
  public JobsDatabase settings() {
    return new JobsDatabase(
        "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=dnsbl_jobs"
            .formatted(database.port(), database.name()),
        USER,
        new Secret(PASSWORD),
        "dnsbl_jobs");
  }
}
