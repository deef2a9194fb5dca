package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * People at Postal's UI, as Rails writes for them: a form shows a row as it was when it was opened
 * and posts all its fields; the row is read, empty texts become NULL, and one UPDATE by id writes
 * every attribute that differs from what was read. Nothing is locked and no version is compared.
 */
final class PostalUi {

  private static final int MAX_FORMS = 4;
  private static final List<String> FIELDS = List.of("ipv4", "ipv6", "hostname", "priority");
  private static final List<String> TEXTS =
      List.of("ipv6", "hostname", "blockingLists", "lastEvent");

  /** Of RFC 5737: a slow machine sees more rows come and go than one of them has addresses. */
  private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");

  /** A row's attributes. */
  private record Attributes(long id, Map<String, @Nullable Object> values) {}

  private final TestDatabase database;
  private final Random chance;
  private final List<Attributes> forms = new ArrayList<>();
  private int inserted;

  PostalUi(TestDatabase database, Random chance) {
    this.database = database;
    this.chance = chance;
  }

  /** Adds rows before anything else happens. */
  void fill(int rows) throws SQLException {
    try (Connection connection = database.connect()) {
      for (int i = 0; i < rows; i++) {
        insert(connection);
      }
    }
  }

  /** Acts {@code least} times, and on until {@code enough}. */
  void work(int least, BooleanSupplier enough) {
    try (Connection connection = database.connect()) {
      for (int i = 0; i < least || !enough.getAsBoolean(); i++) {
        act(connection);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void act(Connection connection) throws SQLException {
    List<Attributes> rows = rows(connection);
    Attributes any = rows.get(chance.nextInt(rows.size()));
    int action = chance.nextInt(100);
    if (action < 2) {
      update(connection, "delete from ip_addresses where id = ?", any.id());
      insert(connection);
    } else if (action < 10) {
      String sql =
          "update ip_addresses set \"oldPriority\" = ? where id = ? and \"blockingLists\" <> ''";
      update(connection, sql, priority(), any.id());
    } else if (forms.size() < MAX_FORMS) {
      forms.add(any);
    } else {
      post(connection, forms.remove(chance.nextInt(forms.size())));
    }
  }

  private void post(Connection connection, Attributes form) throws SQLException {
    Map<String, @Nullable Object> posted = new LinkedHashMap<>(form.values());
    posted.keySet().retainAll(FIELDS);
    if (chance.nextBoolean()) {
      posted.put("priority", priority());
    }
    if (chance.nextInt(3) == 0) {
      posted.put("hostname", "mx%d.example.com".formatted(chance.nextInt(1000)));
    }
    for (Attributes found : rows(connection)) {
      if (found.id() == form.id() && isValid(connection, posted, form.id())) {
        save(connection, found, posted);
      }
    }
  }

  /** Rails asks the database between its read and its write: is each address the only one? */
  private static boolean isValid(
      Connection connection, Map<String, @Nullable Object> posted, long id) throws SQLException {
    for (String unique : List.of("ipv4", "ipv6", "hostname")) {
      String sql = "select count(*) from ip_addresses where %s = ? and id <> ?".formatted(unique);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setObject(1, posted.get(unique), Types.VARCHAR);
        statement.setLong(2, id);
        try (ResultSet same = statement.executeQuery()) {
          same.next();
          if (same.getInt(1) > 0 && unique.equals("ipv4")) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static void save(
      Connection connection, Attributes found, Map<String, @Nullable Object> posted)
      throws SQLException {
    Map<String, @Nullable Object> wanted = new LinkedHashMap<>(found.values());
    wanted.putAll(posted);
    TEXTS.forEach(text -> wanted.replace(text, "", null));
    wanted.entrySet().removeIf(e -> Objects.equals(e.getValue(), found.values().get(e.getKey())));
    if (!wanted.isEmpty()) {
      String columns =
          wanted.keySet().stream().map("\"%s\" = ?, "::formatted).collect(Collectors.joining());
      List<@Nullable Object> values = new ArrayList<>(wanted.values());
      values.add(found.id());
      update(
          connection,
          "update ip_addresses set " + columns + "updated_at = now() where id = ?",
          values.toArray());
    }
  }

  private void insert(Connection connection) throws SQLException {
    inserted++;
    update(
        connection,
        "insert into ip_addresses (ipv4, hostname, priority, updated_at) values (?, ?, ?, now())",
        NETWORKS.get(inserted / 250 % NETWORKS.size()) + inserted % 250,
        "mx.example.com",
        priority());
  }

  /** Never the one of a listed address: who finds that one did not get it from a person. */
  private int priority() {
    return 1 + chance.nextInt(100);
  }

  private static List<Attributes> rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id, ipv4, ipv6, hostname, priority, \"oldPriority\", \"blockingLists\","
                    + " \"lastEvent\" from ip_addresses order by id")) {
      List<Attributes> rows = new ArrayList<>();
      while (found.next()) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 2; i <= found.getMetaData().getColumnCount(); i++) {
          values.put(found.getMetaData().getColumnLabel(i), found.getObject(i));
        }
        rows.add(new Attributes(found.getLong(1), values));
      }
      return rows;
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
