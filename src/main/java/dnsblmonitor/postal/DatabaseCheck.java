package dnsblmonitor.postal;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.postal.ServerFacts.Mode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries what a run needs of the database, and writes nothing (R5b). For one use. */
public final class DatabaseCheck {

  private static final int SHOWN_IDS = 5;
  private static final int FETCH_SIZE = 1000;

  private final DatabaseSettings settings;
  private final TableName table;
  private final List<Zone> zones;
  private final boolean dryRun;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A check of the database of {@code settings}.
   *
   * @param zones whose names the columns must take
   * @param dryRun whether runs write nothing, so that a replica will do (R3)
   */
  public DatabaseCheck(DatabaseSettings settings, List<Zone> zones, boolean dryRun) {
    this.settings = settings;
    this.table = TableName.of(settings);
    this.zones = List.copyOf(zones);
    this.dryRun = dryRun;
  }

  /** In the order in which a run needs them; what would fail for the same reason is left out. */
  public List<Finding> findings() {
    try (Connection connection = DatabaseSession.open(settings, "check")) {
      if (find("database", () -> server(connection)) instanceof Fails) {
        return List.copyOf(findings);
      }
      if (!(find("table " + table, () -> columns(connection)) instanceof Fails)
          && !(find("rights", () -> new TableRights(table, connection, dryRun).finding())
              instanceof Fails)) {
        find("rows", () -> rows(connection));
      }
    } catch (SQLException e) {
      findings.add(new Fails("database", DatabaseException.of(e).getMessage()));
      return List.copyOf(findings);
    }
    findings.add(new LockCheck(settings).finding());
    return List.copyOf(findings);
  }

  private interface Step {
    Finding take() throws SQLException;
  }

  private Finding find(String tried, Step step) {
    Finding finding;
    try {
      finding = step.take();
    } catch (SQLException e) {
      finding = new Fails(tried, DatabaseException.of(e).getMessage());
    }
    findings.add(finding);
    return finding;
  }

  private Finding server(Connection connection) throws SQLException {
    ServerFacts server = ServerFacts.of(connection, settings.kind());
    if (server.mode() == Mode.WRITABLE) {
      return new Holds("database", server.description());
    }
    String readOnly = server.description() + "; " + DatabaseException.READ_ONLY;
    return dryRun ? new Warns("database", readOnly) : new Fails("database", readOnly);
  }

  private Finding columns(Connection connection) throws SQLException {
    TableColumns columns = TableColumns.read(connection, table);
    String tried = "table " + table;
    Optional<String> fault = Schema.unusable(columns).or(() -> Schema.incomplete(columns));
    if (fault.isPresent()) {
      return new Fails(tried, fault.get());
    }
    String own = String.join(", ", columns.own());
    List<String> odd =
        Stream.concat(
                columns.widths().tooNarrowFor(RowValues.longest(zones)).stream()
                    .map(narrow -> "when all zones list an address, " + narrow),
                columns.lookAlikes().stream())
            .toList();
    return odd.isEmpty()
        ? new Holds(tried, own)
        : new Warns(tried, own + "; but " + String.join("; ", odd));
  }

  private Finding rows(Connection connection) throws SQLException {
    int rows = 0;
    List<Long> invalid = new ArrayList<>();
    connection.setAutoCommit(false); // PostgreSQL's driver reads in portions only then
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      String query =
          "select %s, %s from %s".formatted(table.quoted("id"), table.quoted("ipv4"), table.sql());
      try (ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          rows++;
          long id = row.getLong(1);
          if (Optional.ofNullable(row.getString(2)).flatMap(Ipv4Address::parse).isEmpty()) {
            invalid.add(id);
          }
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    return judge(rows, invalid);
  }

  private static Finding judge(int rows, List<Long> invalid) {
    if (invalid.isEmpty()) {
      return new Holds("rows", "%d, each with an IPv4 address".formatted(rows));
    }
    List<String> ids = invalid.stream().sorted().limit(SHOWN_IDS).map(String::valueOf).toList();
    return new Warns(
        "rows",
        "%d, of which %d hold no IPv4 address in ipv4 and are skipped: id %s%s"
            .formatted(
                rows,
                invalid.size(),
                String.join(", ", ids),
                invalid.size() > SHOWN_IDS ? " ..." : ""));
  }
}
