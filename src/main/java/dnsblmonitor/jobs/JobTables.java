package dnsblmonitor.jobs;

import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.DatabaseException.Fault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether Liberty can use its tables. Liberty itself checks only at the first request and
 * answers 500, "Failed to load JPA PersistenceServiceUnit", for any problem (26.0.0.5).
 */
public final class JobTables {

  static final List<String> TABLES =
      List.of(
          "jobinstance",
          "jobexecution",
          "jobparameter",
          "stepthreadinstance",
          "stepthreadexecution",
          "remotablepartition",
          "groupassociation");

  private static final List<String> SEQUENCES =
      List.of(
          "jobinstance_jobinstanceid_seq",
          "jobexecution_jobexecid_seq",
          "stepthreadexecution_stepexecid_seq");

  /** How to create the tables. */
  private static final String CREATE =
      "run ddl/jobs-postgresql.sql of the distribution as the owner of the database, or check SERVE_JOBS_DB_SCHEMA";

  /** In this order, since later checks depend on earlier ones. */
  private static final List<Look> LOOKS =
      List.of(
          new Look(
              "select name from unnest(?) as name where to_regclass(name) is null",
              TABLES,
              "not found in schema \"%s\", or not visible to this user; " + CREATE),
          new Look(
              "select name from unnest(?) as name where to_regclass(name) is null",
              SEQUENCES,
              "not found among the sequences of schema \"%s\"; " + CREATE),
          new Look(
              """
              select wanted || ' on ' || name
                from unnest(?) as name, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) as wanted
               where not has_table_privilege(name, wanted)
              """,
              TABLES,
              "in schema \"%s\" must be granted to its user"),
          new Look(
              """
              select 'USAGE on ' || name
                from unnest(?) as name where not has_sequence_privilege(name, 'USAGE')
              """,
              SEQUENCES,
              "in schema \"%s\" must be granted to its user"),
          // Liberty's own DDL says varchar(255); 1,000 addresses in "ips" are 15,999 characters,
          // and
          // a run that is submitted with more than fits is answered by 500
          new Look(
              """
              select name || '.value' from unnest(?) as name
                join pg_attribute on attrelid = to_regclass(name) and attname = 'value'
               where atttypmod > 0
              """,
              List.of("jobparameter"),
              "in schema \"%s\" is too narrow; ALTER TABLE jobparameter ALTER COLUMN value TYPE text"),
          new Look(
              """
              select name from unnest(?) as name
               where current_setting('transaction_read_only') = 'on'
              """,
              List.of("jobinstance"),
              "in schema \"%s\" is on a server that is read-only (a replica?); name the primary"));

  private JobTables() {}

  /**
   * Finds the names of missing or unusable objects.
   *
   * @param query takes an array of names
   * @param says the text that follows the found names; takes the schema
   */
  private record Look(String query, List<String> names, String says) {

    void requireNothing(Connection connection, String schema) throws SQLException {
      StringJoiner found = new StringJoiner(", ");
      try (PreparedStatement statement = connection.prepareStatement(query)) {
        statement.setArray(1, connection.createArrayOf("text", names.toArray()));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(String.valueOf(rows.getString(1)));
          }
        }
      }
      if (found.length() > 0) {
        throw unusable(Fault.SCHEMA, "%s %s".formatted(found, says.formatted(schema)), null);
      }
    }
  }

  /**
   * Returns if Liberty can use the tables.
   *
   * @throws DatabaseException if the database is unreachable, a table or a right is missing, or the
   *     server is read-only
   */
  public static void require(JobsDatabase database) {
    try (Connection connection = open(database)) {
      if (database.isMariaDb()) {
        MariaDbJobTables.require(connection, database.schema());
        return;
      }
      for (Look look : LOOKS) {
        look.requireNothing(connection, database.schema());
      }
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private static Connection open(JobsDatabase database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password().reveal());
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  /** By its SQLSTATE (PostgreSQL, appendix A; MariaDB uses 42000 for a missing database). */
  private static DatabaseException unreachable(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    String what =
        switch (state) {
          case "28P01", "28000" -> "the login was refused; check user and password";
          case "3D000", "42000" ->
              "the database does not exist or this user may not use it; check its name";
          default ->
              "cannot connect, or the connection was lost; check host and port, and the server";
        };
    String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    return unusable(
        Fault.UNREACHABLE, "%s. The driver reported: %s".formatted(what, said), failure);
  }

  static DatabaseException unusable(Fault fault, String message, @Nullable Throwable cause) {
    return new DatabaseException(
        fault, "the job repository (SERVE_JOBS_DB_URL): " + message, cause);
  }
}
