package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A query whose conditions depend on a filter. Values are always parameters. */
final class HistoryQuery {

  private final StringBuilder sql;
  private final List<Object> values = new ArrayList<>();
  private String glue = " where ";

  /** Makes a record of the current row. */
  @FunctionalInterface
  interface Rows<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * @param select up to the conditions
   */
  HistoryQuery(String select) {
    sql = new StringBuilder(select.strip());
  }

  /** Adds a condition, whatever the filter. */
  HistoryQuery where(String condition, Object... parameters) {
    sql.append(glue).append(condition);
    glue = " and ";
    for (Object parameter : parameters) {
      values.add(columnValue(parameter));
    }
    return this;
  }

  /** Adds a condition with one parameter if the filter limits it. */
  HistoryQuery where(String condition, Optional<?> parameter) {
    return parameter.isPresent() ? where(condition, new Object[] {parameter.get()}) : this;
  }

  /** Adds what follows the conditions. */
  HistoryQuery then(String clause) {
    sql.append(' ').append(clause.strip());
    return this;
  }

  <T> List<T> list(Connection connection, Rows<T> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(rows.of(row));
        }
      }
      return found;
    }
  }

  <T> Optional<T> first(Connection connection, Rows<T> rows) throws SQLException {
    return list(connection, rows).stream().findFirst();
  }

  boolean exists(Connection connection) throws SQLException {
    return !then("limit 1").list(connection, row -> row.getInt(1)).isEmpty();
  }

  /** Reads one record more than a page has, to know whether there is another page. */
  <T> Page<T> page(
      Connection connection, String id, Paging paging, Rows<T> rows, ToLongFunction<T> idOf)
      throws SQLException {
    List<T> found =
        where(id + " < ?", paging.before())
            .then("order by %s desc limit %d".formatted(id, paging.limit() + 1))
            .list(connection, rows);
    if (found.size() <= paging.limit()) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, paging.limit());
    return new Page<>(items, Optional.of(idOf.applyAsLong(items.getLast())));
  }

  private static Object columnValue(Object value) {
    return switch (value) {
      case Instant instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      case Ipv4Address address -> address.toString();
      case Enum<?> constant -> word(constant);
      default -> value;
    };
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  /** A constant as it is in a column. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String column) {
    return Enum.valueOf(type, column.toUpperCase(Locale.ROOT));
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static List<String> names(ResultSet row, String column) throws SQLException {
    String joined = row.getString(column);
    return joined.isEmpty() ? List.of() : List.of(joined.split(","));
  }

  static Optional<Ticket> ticket(ResultSet row) throws SQLException {
    Optional<URI> page = text(row, "ticket_url").map(URI::create);
    return text(row, "ticket").map(key -> new Ticket(key, page));
  }
}
