package dnsblmonitor.history;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Redaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction that writes. Values are parameters: times are stored in UTC and
 * in milliseconds, constants in lower case, texts without secrets and cut to the size of a column.
 */
record HistoryStatements(Connection connection, Redaction redaction) {

  /** Below a statement's limit of parameters, and a portion of a batch. */
  private static final int AT_ONCE = 1_000;

  /** Shorter than MariaDB's {@code text}, 65,535 bytes, in any encoding. */
  private static final int MAX_TEXT = 16_000;

  void lock(String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(query).close();
    }
  }

  void execute(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
  }

  /** Runs an update that ends in {@code id in (%s)} for all of these ids. */
  void execute(String sql, List<Long> ids, @Nullable Object... values) throws SQLException {
    for (List<Long> some : ids.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
      List<@Nullable Object> all = new ArrayList<>(List.of(values));
      all.addAll(some);
      execute(
          sql.formatted(some.stream().map(_ -> "?").collect(Collectors.joining(","))),
          all.toArray());
    }
  }

  /** Inserts a row; returns its id. */
  long insert(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql, new String[] {"id"})) {
      set(insert, values);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** The first column of the first row; 0 if that is null. */
  long number(String sql, Object... values) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      set(query, values);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  Batch batch(String sql) {
    return new Batch(sql);
  }

  /** A statement that is prepared when it is needed first, and sent in portions. */
  final class Batch implements AutoCloseable {

    private final String sql;
    private @Nullable PreparedStatement statement;
    private int waiting;

    private Batch(String sql) {
      this.sql = sql;
    }

    void add(@Nullable Object... values) throws SQLException {
      if (statement == null) {
        statement = connection.prepareStatement(sql);
      }
      set(statement, values);
      statement.addBatch();
      if (++waiting == AT_ONCE) {
        statement.executeBatch();
        waiting = 0;
      }
    }

    /** Sends the rest. */
    void send() throws SQLException {
      if (statement != null && waiting > 0) {
        statement.executeBatch();
      }
    }

    @Override
    public void close() throws SQLException {
      if (statement != null) {
        statement.close();
      }
    }
  }

  private void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, column(values[i]));
    }
  }

  /** A text that identifies a row: stored as it is. It contains no secret. */
  record Key(String text) {}

  private @Nullable Object column(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Key key -> key.text();
      case Optional<?> optional -> column(optional.orElse(null));
      case Instant instant -> time(instant);
      case Enum<?> constant -> HistoryQuery.word(constant);
      case IpAddress address -> address.toString();
      case String text -> text(text);
      default -> value;
    };
  }

  static LocalDateTime time(Instant instant) {
    return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  /** Without NUL, which PostgreSQL does not store. */
  String text(String text) {
    String plain = redaction.of(text).replace('\0', '\uFFFD');
    return plain.length() <= MAX_TEXT ? plain : plain.substring(0, MAX_TEXT);
  }
}
