package dnsblmonitor.postal;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A database cannot be used; the message says what is wrong and what to do. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What kind of failure. */
  public enum Fault {
    /** No connection, or the login was refused. */
    UNREACHABLE,
    /** The table, a column, or a right on it is missing (R8). */
    SCHEMA
  }

  /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
  private static final List<String> LOST = List.of("08", "53", "57");

  /** The message about a pooler that breaks the run lock. */
  static final String POOLED =
      "a pooler runs each transaction in any session (PgBouncer with pool_mode=transaction, or a multiplexing proxy). Connect directly to the server (DB_HOST or DB_URL), or set pool_mode=session";

  static final String READ_ONLY =
      "the server is read-only (a replica?); set DB_HOST or DB_URL to the primary";

  /** MariaDB's ER_LOCK_WAIT_TIMEOUT. */
  private static final int LOCK_WAIT_TIMEOUT = 1205;

  /** MariaDB's ER_OPTION_PREVENTS_STATEMENT (--read-only). */
  private static final int READ_ONLY_OPTION = 1290;

  /** MariaDB's ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION. */
  private static final int READ_ONLY_TRANSACTION = 1792;

  /** MariaDB's ER_READ_ONLY_MODE (--innodb-read-only). */
  private static final int READ_ONLY_MODE = 1836;

  /** MariaDB's ER_NOT_SUPPORTED_YET. */
  private static final int NOT_SUPPORTED_YET = 1235;

  /** MariaDB's ER_UNKNOWN_ERROR, with which Percona XtraDB Cluster rejects a statement. */
  private static final int UNKNOWN_ERROR = 1105;

  private static final Pattern ABOUT_TLS =
      Pattern.compile("\\b(ssl|tls)\\b|hostname .*verifi", Pattern.CASE_INSENSITIVE);

  private final Fault fault;

  public DatabaseException(Fault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** What servers refuse, and what to do about it; the server's own words follow. */
  enum Refusal {
    LOGIN(
        "the login was refused; check DB_USER and DB_PASSWORD, or DB_URL, and whether this user must connect with TLS"),
    NO_DATABASE("the database does not exist or this user may not use it; check DB_NAME or DB_URL"),
    READ_ONLY_SERVER(READ_ONLY),
    LOCKED("another session holds a lock on the table, perhaps an ALTER TABLE or a backup"),
    POOLER(POOLED),
    /** MySQL 8: without TLS, the password is encrypted with the server's key (Connector/J). */
    NEEDS_KEY(
        "an unencrypted login with MySQL's caching_sha2_password needs the server's RSA key. Encrypt the connection with DB_URL=mysql://...?sslMode=verify-full, or, in a trusted network, add allowPublicKeyRetrieval=true to DB_URL. DB_HOST and DB_KIND support neither"),
    NO_LOCK(
        "this server does not permit GET_LOCK in a Galera cluster, so no run is possible. This concerns MariaDB 10.4.29, 10.5.20, 10.6.13 and 10.11.3 (MDEV-30473: upgrade), and Percona XtraDB Cluster with pxc_strict_mode=ENFORCING"),
    /** R5: the session of a vanished client would never end. */
    NO_TIMEOUT(
        "the run lock requires tcp_user_timeout or idle_session_timeout, and the server, or a pooler in front of it, supports neither. Use PostgreSQL 14 or later, or connect directly to the server (DB_HOST or DB_URL)");

    private final String what;

    Refusal(String what) {
      this.what = what;
    }
  }

  /**
   * Converts {@code failure} by its SQLSTATE (PostgreSQL, appendix A) or, if MariaDB reports only
   * 42000 or HY000, by its error code.
   */
  static DatabaseException of(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "3D000" -> because(Refusal.NO_DATABASE, failure);
      case "42501" -> lacksRight(failure);
      case "25006" -> because(Refusal.READ_ONLY_SERVER, failure);
      case "55P03" -> because(Refusal.LOCKED, failure);
      case "26000", "42P05" -> because(Refusal.POOLER, failure);
      case "S1009" -> because(Refusal.NEEDS_KEY, failure);
      case "42P01", "42703", "3F000", "42S02", "42S22" ->
          new DatabaseException(
              Fault.SCHEMA,
              "%s; check DB_SCHEMA, and if columns are missing, run 'dnsbl-monitor migrate'"
                  .formatted(said(failure)),
              failure);
      case "42000", "HY000" ->
          switch (failure.getErrorCode()) {
            case 1044, 1049 -> because(Refusal.NO_DATABASE, failure);
            case 1142, 1143 -> lacksRight(failure);
            case NOT_SUPPORTED_YET -> because(Refusal.NO_LOCK, failure);
            case LOCK_WAIT_TIMEOUT -> because(Refusal.LOCKED, failure);
            case READ_ONLY_OPTION, READ_ONLY_TRANSACTION, READ_ONLY_MODE ->
                because(Refusal.READ_ONLY_SERVER, failure);
            case UNKNOWN_ERROR ->
                said(failure).contains("GET_LOCK")
                    ? because(Refusal.NO_LOCK, failure)
                    : refused(state, failure);
            default -> refused(state, failure);
          };
      default -> {
        if (state.startsWith("28")) {
          yield because(Refusal.LOGIN, failure);
        }
        yield state.isEmpty() || LOST.stream().anyMatch(state::startsWith)
            ? unreachable(unreachableSince(failure), failure)
            : refused(state, failure);
      }
    };
  }

  /** What came between; the drivers say it by their causes, and otherwise in words alone. */
  private static String unreachableSince(SQLException failure) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    if (causes.stream()
        .anyMatch(
            cause -> cause instanceof SSLException || cause instanceof CertificateException)) {
      return "the TLS connection failed; check TLS_CA_FILE, and that the server's certificate matches the host of DB_URL";
    }
    if (ABOUT_TLS.matcher(said(failure)).find()) {
      return "DB_URL requires TLS, which this server does not support; enable it on the server, or check the TLS parameters of DB_URL";
    }
    if (causes.stream().anyMatch(DatabaseException::isConnectTimeout)) {
      return "the connection attempt timed out. Check DB_HOST and DB_PORT, or DB_URL, and that no firewall or Kubernetes NetworkPolicy blocks this port";
    }
    return "cannot connect, or the connection was lost; check DB_HOST and DB_PORT, or DB_URL, and the server";
  }

  /** The message of {@link java.net.Socket#connect}, unlike "Read timed out". */
  private static boolean isConnectTimeout(Throwable cause) {
    return cause instanceof SocketTimeoutException
        && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
  }

  private static DatabaseException lacksRight(SQLException failure) {
    return new DatabaseException(
        Fault.SCHEMA,
        "the database user lacks a right: %s; grant it SELECT and UPDATE as 'dnsbl-monitor migrate' prints"
            .formatted(said(failure)),
        failure);
  }

  static DatabaseException because(Refusal refusal, SQLException failure) {
    return unreachable(refusal.what, failure);
  }

  private static DatabaseException refused(String state, SQLException failure) {
    return unreachable("a statement was refused, SQLSTATE " + state, failure);
  }

  private static DatabaseException unreachable(String what, SQLException failure) {
    return new DatabaseException(
        Fault.UNREACHABLE,
        "Postal's database: %s. The driver reported: %s".formatted(what, said(failure)),
        failure);
  }

  private static String said(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
  }
}
