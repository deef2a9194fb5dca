package dnsblmonitor.postal;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.KnownLists;
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

/** Checks everything a run needs from the database, read-only (R5b). For one use. */
public final class DatabaseCheck {

  private static final int SHOWN_IDS = 5;
  private static final int FETCH_SIZE = 1000;

  private static final int RUNS_A_DAY = 96;
  private static final int PATIENCE_SECONDS = 3;

  private final DatabaseSettings settings;
  private final TableName table;
  private final List<Zone> zones;
  private final boolean dryRun;
  private final boolean ipv6;
  private final CheckingTime time;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Creates a check of the database in {@code settings}.
   *
   * @param zones whose names the columns must be able to hold
   * @param dryRun whether runs write nothing, so that a replica suffices (R3)
   * @param ipv6 whether the column {@code ipv6} is looked up as well (CHECK_IPV6)
   * @param time available for the lookups (R7b)
   */
  public DatabaseCheck(
      DatabaseSettings settings,
      List<Zone> zones,
      boolean dryRun,
      boolean ipv6,
      CheckingTime time) {
    this.settings = settings;
    this.table = TableName.of(settings);
    this.zones = List.copyOf(zones);
    this.dryRun = dryRun;
    this.ipv6 = ipv6;
    this.time = time;
  }

  /**
   * Whether the database takes the monitor's login, for the health of {@code serve}. Opens a
   * connection of its own, since the runs' pool may be busy; may take as long as a login may.
   */
  public static boolean answers(DatabaseSettings settings) {
    try (Connection connection = DatabaseSession.open(settings, "health")) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
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
    List<String> odd = new ArrayList<>();
    server
        .tooOld()
        .ifPresent(
            oldest -> odd.add("older than %s, the oldest supported version".formatted(oldest)));
    if (!server.encrypted() && !settings.isLocal()) {
      odd.add(
          "rows and credentials can be read in transit: set DB_URL with %s=verify-full"
              .formatted(settings.kind() == DatabaseKind.MARIADB ? "sslMode" : "sslmode"));
    }
    if (server.mode() == Mode.READ_ONLY) {
      odd.add(DatabaseException.READ_ONLY);
    }
    String details = server.description() + odd.stream().map("; "::concat).collect(joining());
    if (server.mode() == Mode.READ_ONLY && !dryRun) {
      return new Fails("database", details);
    }
    return odd.isEmpty() ? new Holds("database", details) : new Warns("database", details);
  }

  private Finding columns(Connection connection) throws SQLException {
    TableColumns columns = TableColumns.read(connection, table);
    String tried = "table " + table;
    Optional<String> fault = columns.unusable().or(columns::incomplete);
    if (fault.isPresent()) {
      return new Fails(tried, fault.get());
    }
    String own = String.join(", ", columns.own());
    List<String> odd =
        Stream.concat(
                columns.tooNarrowFor(RowValues.longest(zones)).stream()
                    .map(narrow -> "if all zones list an address, " + narrow),
                columns.lookAlikes().stream())
            .toList();
    return odd.isEmpty()
        ? new Holds(tried, own)
        : new Warns(tried, own + "; but " + String.join("; ", odd));
  }

  private Finding rows(Connection connection) throws SQLException {
    int rows = 0;
    int withoutPriority = 0;
    int withIpv6 = 0;
    List<Long> invalid = new ArrayList<>();
    connection.setAutoCommit(false); // PostgreSQL's driver fetches in portions only then
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      String query =
          "select %s, %s, %s, %s from %s"
              .formatted(
                  table.kind().quoted("id"),
                  table.kind().quoted("ipv4"),
                  table.kind().quoted("ipv6"),
                  table.kind().quoted("priority"),
                  table.sql());
      try (ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          rows++;
          long id = row.getLong(1);
          if (Optional.ofNullable(row.getString(2)).flatMap(Ipv4Address::parse).isEmpty()) {
            invalid.add(id);
          }
          String ipv6Text = row.getString(3);
          withIpv6 += ipv6Text == null || ipv6Text.isBlank() ? 0 : 1;
          withoutPriority += row.getObject(4) == null ? 1 : 0;
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    int addresses = rows + (ipv6 ? withIpv6 : 0);
    lookupsADay(addresses);
    time.shortage(addresses)
        .ifPresent(shortage ->
            findings.add(
                new Warns(
                    "time",
                    "a run cannot check all addresses and exits with code 1: " + shortage)));
    List<String> odd = new ArrayList<>();
    if (!invalid.isEmpty()) {
      odd.add(withoutAddress(invalid));
    }
    if (withoutPriority > 0 && settings.kind() == DatabaseKind.MARIADB) {
      odd.add(
          "%d have no priority: Postal's ORDER BY RAND() * priority DESC sorts them after throttled ones. Set their priority"
              .formatted(withoutPriority));
    }
    if (withIpv6 > 0 && !ipv6) {
      odd.add("%d have an ipv6 that is not checked: set CHECK_IPV6=true".formatted(withIpv6));
    }
    return odd.isEmpty()
        ? new Holds("rows", "%d, each with an IPv4 address".formatted(rows))
        : new Warns("rows", "%d, of which %s".formatted(rows, String.join("; ", odd)));
  }

  private static String withoutAddress(List<Long> invalid) {
    List<String> ids = invalid.stream().sorted().limit(SHOWN_IDS).map(String::valueOf).toList();
    return "%d are skipped, since ipv4 is not an IPv4 address: id %s%s"
        .formatted(
            invalid.size(), String.join(", ", ids), invalid.size() > SHOWN_IDS ? " ..." : "");
  }

  /**
   * Of well-known lists that publish how many lookups they permit; each run probes two of each
   * family.
   */
  private void lookupsADay(int addresses) {
    long lookups = RUNS_A_DAY * (addresses + (ipv6 ? 4L : 2L));
    for (Zone zone : zones) {
      KnownLists.dailyLimit(zone)
          .ifPresent(limit -> {
            if (lookups > limit) {
              findings.add(
                  new Warns(
                      "lookups in " + zone,
                      "%d a day with a run every 15 minutes, but the list permits %d without a contract. Run less often, or contact the list"
                          .formatted(lookups, limit)));
            }
          });
    }
  }
}
