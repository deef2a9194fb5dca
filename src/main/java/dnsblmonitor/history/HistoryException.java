package dnsblmonitor.history;

import java.sql.SQLException;
import java.util.Objects;

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
                state.isEmpty() || state.startsWith("08") || state.startsWith("57")
                    ? "cannot connect, or the connection was lost; check host and port, and the server"
                    : "a statement was refused, SQLSTATE " + state;
          };
    };
  }
}
