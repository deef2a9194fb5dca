package dnsblmonitor.postal;

import dnsblmonitor.domain.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * UPDATEs that name all that was read, as one JDBC batch. Hibernate writes the same, but with
 * {@code OptimisticLockType.ALL} never in batches ({@code AbstractMutationCoordinator} 7.4).
 */
record ConditionalUpdate(TableName table) {

  /** A column with its {@link Types}; a NULL has no type of its own. */
  private record Column(String name, int type) {}

  private static final List<Column> WRITTEN =
      List.of(
          new Column("priority", Types.INTEGER),
          new Column("oldPriority", Types.INTEGER),
          new Column("blockingLists", Types.VARCHAR),
          new Column("lastEvent", Types.VARCHAR),
          new Column("updated_at", Types.TIMESTAMP));

  private static final List<Column> ONLY_READ =
      List.of(
          new Column("id", Types.BIGINT),
          new Column("ip_pool_id", Types.BIGINT),
          new Column("ipv4", Types.VARCHAR),
          new Column("ipv6", Types.VARCHAR),
          new Column("hostname", Types.VARCHAR));

  /** A row as it was read, and what it shall hold. */
  record Change(IpAddressRow row, RowValues to) {}

  /** Returns the ids of the rows that no longer held what was read: they stay as they are. */
  List<Long> execute(Connection connection, List<Change> changes, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      for (Change change : changes) {
        bind(statement, change, now);
        statement.addBatch();
      }
      return missed(changes, statement.executeBatch());
    }
  }

  private static List<Long> missed(List<Change> changes, int[] updated) {
    List<Long> missed = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] < 0) {
        throw new IllegalStateException("the JDBC driver does not count the rows it updated");
      }
      if (updated[i] == 0) {
        missed.add(changes.get(i).row().id());
      }
    }
    return missed;
  }

  String sql() {
    return "update %s set %s where %s"
        .formatted(
            table.sql(),
            WRITTEN.stream()
                .map(column -> table.quoted(column.name()) + " = ?")
                .collect(Collectors.joining(", ")),
            allColumns().stream().map(this::same).collect(Collectors.joining(" and ")));
  }

  /** All that the UPDATE names, for a SELECT. */
  String columns() {
    return allColumns().stream()
        .map(column -> table.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static List<Column> allColumns() {
    List<Column> all = new ArrayList<>(ONLY_READ);
    all.addAll(WRITTEN);
    return all;
  }

  private String same(Column column) {
    return table.quoted(column.name())
        + switch (table.kind()) {
          case POSTGRESQL -> column.name().equals("id") ? " = ?" : " is not distinct from ?";
          case MARIADB -> " <=> ?";
        };
  }

  private static void bind(PreparedStatement statement, Change change, Instant now)
      throws SQLException {
    IpAddressRow row = change.row();
    List<@Nullable Object> values = new ArrayList<>();
    values.addAll(written(change.to(), IpAddressRow.utc(now)));
    values.addAll(Arrays.asList(row.id(), row.poolId(), row.ipv4(), row.ipv6(), row.hostname()));
    values.addAll(written(row.values(), row.updatedAt()));
    List<Column> columns = new ArrayList<>(WRITTEN);
    columns.addAll(allColumns());
    for (int i = 0; i < columns.size(); i++) {
      statement.setObject(i + 1, values.get(i), columns.get(i).type());
    }
  }

  /** In the order of {@link #WRITTEN}. */
  private static List<@Nullable Object> written(
      RowValues values, @Nullable LocalDateTime updatedAt) {
    return Arrays.asList(
        values.priority(),
        values.oldPriority(),
        values.blockingLists(),
        values.lastEvent(),
        updatedAt);
  }
}
