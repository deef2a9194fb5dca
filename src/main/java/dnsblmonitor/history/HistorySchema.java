package dnsblmonitor.history;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.LeastRights;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The schema of the history's tables (on MariaDB their database) as {@code migrate} finds it.
 *
 * @param user the login as the server names it
 */
public record HistorySchema(DatabaseSettings database, String user) {

  /** The tables that a run writes. */
  static final List<String> TABLES =
      List.of("deployment", "runs", "row_changes", "listings", "conditions", "zone_health");

  /** What Flyway has done; a run reads the version from it. */
  static final String VERSIONS = "flyway_schema_history";

  private static final int SHOWN_TABLES = 3;

  /**
   * Connects and looks for tables of somebody else.
   *
   * @throws HistoryException if the database cannot be used, or the schema is somebody else's
   */
  public static HistorySchema find(DatabaseSettings database) {
    try (Connection connection = HistoryDatabase.open(database)) {
      List<String> tables =
          new HistoryQuery("select table_name from information_schema.tables")
              .where("table_schema = ?", database.schema())
              .then("order by 1")
              .list(connection, row -> row.getString(1));
      if (!tables.isEmpty() && !tables.contains(VERSIONS)) {
        throw new HistoryException(
            "%s contains other tables (%s). Name one of its own: %s"
                .formatted(
                    name(database),
                    tables.stream().limit(SHOWN_TABLES).collect(joining(", ")),
                    switch (database.kind()) {
                      case POSTGRESQL -> "set HISTORY_DB_SCHEMA";
                      case MARIADB -> "another database in HISTORY_DB_URL";
                    }));
      }
      String user =
          new HistoryQuery("select current_user")
              .list(connection, row -> row.getString(1))
              .getFirst();
      return new HistorySchema(database, user);
    } catch (SQLException e) {
      throw HistoryException.migrating(database, e);
    }
  }

  /** The minimum privileges of the monitor's user, to be granted by the owner of the tables. */
  public List<String> grants() {
    String rights = "SELECT, INSERT, UPDATE, DELETE";
    return switch (database.kind()) {
      case POSTGRESQL ->
          List.of(
              "GRANT USAGE ON SCHEMA %s TO %s;"
                  .formatted(database.kind().quoted(database.schema()), grantee()),
              grant(rights, TABLES.stream().map(this::qualified).collect(joining(", "))),
              grant("SELECT", qualified(VERSIONS)));
      // one table each
      case MARIADB ->
          Stream.concat(
                  TABLES.stream().map(table -> grant(rights, qualified(table))),
                  Stream.of(grant("SELECT", qualified(VERSIONS))))
              .toList();
    };
  }

  private String grant(String rights, String tables) {
    return "GRANT %s ON %s TO %s;".formatted(rights, tables, grantee());
  }

  /** The login as an SQL literal or identifier. */
  public String grantee() {
    return new LeastRights(database.kind(), database.schema(), user).grantee();
  }

  private String qualified(String table) {
    return database.kind().quoted(database.schema()) + "." + database.kind().quoted(table);
  }

  /** Its name for messages. */
  public String name() {
    return name(database);
  }

  private static String name(DatabaseSettings database) {
    return "the %s '%s'"
        .formatted(
            database.kind() == DatabaseKind.POSTGRESQL ? "schema" : "database", database.schema());
  }

  /** Its tables are not those that the scripts make. */
  public HistoryException changed() {
    return new HistoryException(
        "%s has tables that were made by something else. Name another one, or restore a backup"
            .formatted(name()));
  }

  /**
   * What a failure of Flyway means.
   *
   * @param what its message
   */
  public HistoryException failed(String what, Throwable failure) {
    String outcome =
        switch (database.kind()) {
          case POSTGRESQL -> what + ", and nothing of it was kept";
          case MARIADB -> what + "; run migrate again when its cause is fixed, it continues";
        };
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst()
        .map(cause -> HistoryException.migrating(database, outcome, cause))
        .orElseGet(() -> new HistoryException(what));
  }
}
