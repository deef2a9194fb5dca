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
 * The UPDATE that names all that was read (R22), as Hibernate writes it for {@link IpAddressRow};
 * for {@code restore}, which runs without Hibernate.
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

  /** Whether the row still held what was read; if not, it stays as it is. */
  boolean execute(Connection connection, IpAddressRow row, RowValues to, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      bind(statement, row, to, now);
      return statement.executeUpdate() > 0;
    }
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

  private static void bind(PreparedStatement statement, IpAddressRow row, RowValues to, Instant now)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    values.addAll(written(to, IpAddressRow.utc(now)));
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
