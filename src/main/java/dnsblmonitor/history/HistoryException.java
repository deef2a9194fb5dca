package dnsblmonitor.history;

import dnsblmonitor.postal.DatabaseSettings;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** The history cannot be used; the message says what is wrong and what to do. */
public final class HistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final String MIGRATE = "run 'dnsbl-monitor migrate' with HISTORY_DB_URL";

  HistoryException(String message) {
    super("the history (HISTORY_DB_URL): " + message);
  }

  private HistoryException(String what, SQLException cause) {
    super(
        "the history (HISTORY_DB_URL): %s. The driver reported: %s"
            .formatted(
                what, String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message")),
        cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** There are no tables, or those of an older version. */
  static HistoryException needsMigration(String what) {
    return new HistoryException(what + "; " + MIGRATE);
  }

  /** Converts an error by its SQLSTATE (PostgreSQL, appendix A) or MariaDB's error code. */
  static HistoryException of(SQLException failure) {
    return new HistoryException(what(failure), failure);
  }

  /** The tables were made by a newer version of the monitor. */
  public static HistoryException newer(String version) {
    return new HistoryException(
        "its tables have version %s, made by a newer version of the monitor; this one supports %d. Upgrade this one"
            .formatted(version, HistoryDatabase.VERSION));
  }

  /** The same for {@code migrate}, whose login needs other rights. */
  static HistoryException migrating(DatabaseSettings database, SQLException failure) {
    return new HistoryException(lacking(database, failure).orElseGet(() -> what(failure)), failure);
  }

  /**
   * The same for a script.
   *
   * @param script what became of it
   */
  static HistoryException migrating(
      DatabaseSettings database, String script, SQLException failure) {
    return new HistoryException(
        lacking(database, failure).orElseGet(() -> script + ": " + what(failure)), failure);
  }

  /** The database or the right that the login of {@code migrate} lacks. */
  private static Optional<String> lacking(DatabaseSettings database, SQLException failure) {
    return switch (failure.getErrorCode()) {
      case 1044, 1049 ->
          Optional.of(
              "the database '%s' does not exist, or %s may not use it. Create it (CREATE DATABASE), and log in as a user who may create tables in it"
                  .formatted(database.schema(), database.user()));
      case 1142, 1143 ->
          Optional.of(
              "%s may not create or alter tables in the database '%s'. For this command only, log in as a user who may"
                  .formatted(database.user(), database.schema()));
      default ->
          switch (String.valueOf(failure.getSQLState())) {
            case "3D000" ->
                Optional.of(
                    "the database does not exist. Create it, or name Postal's: the history has a schema of its own");
            case "42501" ->
                Optional.of(
                    "%s may not create or alter the schema '%s'. For this command only, log in as its owner, or as a user who may create schemas"
                        .formatted(database.user(), database.schema()));
            default -> Optional.empty();
          };
    };
  }

  private static String what(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (failure.getErrorCode()) {
      case 1044, 1049 -> "the database does not exist, or this user may not use it; check its name";
      case 1142, 1143 -> "its user lacks a right; grant it what 'dnsbl-monitor migrate' prints";
      case 1021, 1114 -> "the disk or the table is full";
      case 1205, 1213, 1969 -> "another session holds a lock on its tables";
      case 1290, 1792, 1836 -> "the server is read-only (a replica?); name the primary";
      default ->
          switch (state) {
            case "42P01", "42703", "3F000", "42S02", "42S22" ->
                "a table or column is missing; %s, or check HISTORY_DB_SCHEMA".formatted(MIGRATE);
            case "28P01", "28000" -> "the login was refused; check user and password";
            case "3D000" -> "the database does not exist; check its name";
            case "42501" -> "its user lacks a right; grant it what 'dnsbl-monitor migrate' prints";
            case "25006" -> "the server is read-only (a replica?); name the primary";
            case "53100" -> "the disk is full";
            case "55P03", "40P01", "57014" -> "another session holds a lock on its tables";
            default ->
                isConnection(state)
                    ? "cannot connect, or the connection was lost; check host and port, and the server"
                    : "a statement was refused, SQLSTATE " + state;
          };
    };
  }

  private static boolean isConnection(String state) {
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57");
  }
}
