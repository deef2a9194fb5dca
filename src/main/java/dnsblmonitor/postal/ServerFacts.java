package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Facts about the database server.
 *
 * @param description kind, version, login, whether the connection is encrypted
 * @param tooOld the required version, if the server is older
 */
public record ServerFacts(
    String description, Mode mode, boolean encrypted, Optional<String> tooOld) {

  /** The oldest versions that Hibernate 7.4 supports. */
  private enum Oldest {
    POSTGRESQL("PostgreSQL", 14, 0),
    MARIADB("MariaDB", 10, 6),
    MYSQL("MySQL", 8, 0);

    private final String product;
    private final int major;
    private final int minor;

    Oldest(String product, int major, int minor) {
      this.product = product;
      this.major = major;
      this.minor = minor;
    }
  }

  /** Whether it accepts writes. */
  public enum Mode {
    WRITABLE,
    READ_ONLY
  }

  public static ServerFacts of(Connection connection, DatabaseKind kind) throws SQLException {
    DatabaseMetaData server = connection.getMetaData();
    String tls =
        switch (kind) {
          case POSTGRESQL ->
              first(
                  connection,
                  "select coalesce(version, '') from pg_stat_ssl where pid = pg_backend_pid()",
                  1);
          case MARIADB -> first(connection, "show session status like 'Ssl_version'", 2);
        };
    String readOnly =
        switch (kind) {
          case POSTGRESQL -> first(connection, "show transaction_read_only", 1);
          // a privileged user could still write to a replica, unknown to its primary
          case MARIADB -> first(connection, "select @@global.read_only", 1);
        };
    return new ServerFacts(
        "%s %s, login %s, %s"
            .formatted(
                server.getDatabaseProductName(),
                server.getDatabaseProductVersion(),
                first(connection, "select current_user", 1),
                tls.isEmpty() ? "not encrypted" : "encrypted by " + tls),
        List.of("", "0", "off").contains(readOnly.toLowerCase(Locale.ROOT))
            ? Mode.WRITABLE
            : Mode.READ_ONLY,
        !tls.isEmpty(),
        tooOld(
            server.getDatabaseProductName(),
            server.getDatabaseMajorVersion(),
            server.getDatabaseMinorVersion()));
  }

  /** Empty if the version is supported or the product is unknown. */
  static Optional<String> tooOld(String product, int major, int minor) {
    return Arrays.stream(Oldest.values())
        .filter(oldest -> oldest.product.equalsIgnoreCase(product))
        .filter(oldest -> major < oldest.major || (major == oldest.major && minor < oldest.minor))
        .map(oldest -> "%s %d.%d".formatted(oldest.product, oldest.major, oldest.minor))
        .findFirst();
  }

  /** A replica would grant the run lock, unknown to its primary, and reject writes. */
  void requireWritable() {
    if (mode == Mode.READ_ONLY) {
      throw new DatabaseException(
          DatabaseException.Fault.UNREACHABLE,
          "Postal's database: " + DatabaseException.READ_ONLY,
          null);
    }
  }

  private static String first(Connection connection, String query, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(column) : "";
    }
  }
}
