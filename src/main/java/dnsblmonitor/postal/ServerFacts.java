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
 * What the server tells of itself.
 *
 * @param description kind, version, the login, whether what is said to it is encrypted
 * @param tooOld what is required instead, if its version is older
 */
record ServerFacts(String description, Mode mode, boolean encrypted, Optional<String> tooOld) {

  /** The oldest that Hibernate 7.4 supports, by its dialects. */
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

  /** Whether it takes what a run writes. */
  enum Mode {
    WRITABLE,
    READ_ONLY
  }

  static ServerFacts of(Connection connection, DatabaseKind kind) throws SQLException {
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
          // a user with the right to write all the same would write what no primary knows
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

  /** Empty if the version is supported, or the product is none that is known here. */
  static Optional<String> tooOld(String product, int major, int minor) {
    return Arrays.stream(Oldest.values())
        .filter(oldest -> oldest.product.equalsIgnoreCase(product))
        .filter(oldest -> major < oldest.major || (major == oldest.major && minor < oldest.minor))
        .map(oldest -> "%s %d.%d".formatted(oldest.product, oldest.major, oldest.minor))
        .findFirst();
  }

  /** A replica would take the run lock, which its primary knows nothing of, and no write. */
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
