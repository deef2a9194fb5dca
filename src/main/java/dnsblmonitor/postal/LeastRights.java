package dnsblmonitor.postal;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The minimum privileges of the monitor's user, per column: it can read nothing else of Postal's
 * data and cannot change addresses, hostnames or pools.
 *
 * @param user a role of PostgreSQL, or an account of MariaDB as {@code CURRENT_USER} names it,
 *     {@code name@host}
 */
public record LeastRights(DatabaseKind kind, String schema, String user) {

  /** The columns that a run reads. */
  static final List<String> READ =
      Stream.concat(TableColumns.POSTAL_COLUMNS.stream(), ownColumns()).toList();

  /** The columns that it writes. */
  static final List<String> WRITTEN =
      Stream.concat(Stream.of("priority", "updated_at"), ownColumns()).toList();

  private static Stream<String> ownColumns() {
    return Arrays.stream(MonitorColumn.values()).map(MonitorColumn::columnName);
  }

  /** The GRANTs, to be run by a user who may grant them. */
  public List<String> statements() {
    TableName table = new TableName(kind, schema);
    String columns =
        "GRANT SELECT (%s), UPDATE (%s) ON %s TO %s;"
            .formatted(list(table, READ), list(table, WRITTEN), table.sql(), grantee());
    return switch (kind) {
      case POSTGRESQL ->
          List.of(
              "GRANT USAGE ON SCHEMA %s TO %s;".formatted(table.kind().quoted(schema), grantee()),
              columns);
      case MARIADB -> List.of(columns);
    };
  }

  /** The user as an SQL literal or identifier. */
  public String grantee() {
    return switch (kind) {
      case POSTGRESQL -> kind.quoted(user);
      case MARIADB -> {
        int at = user.lastIndexOf('@');
        yield text(user.substring(0, at)) + "@" + text(user.substring(at + 1));
      }
    };
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String list(TableName table, List<String> columns) {
    return columns.stream().map(table.kind()::quoted).collect(joining(", "));
  }
}
