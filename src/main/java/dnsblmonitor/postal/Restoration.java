package dnsblmonitor.postal;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Restores throttled rows on request (R42), one row per transaction. It locks each row before it
 * decides, so no edit by Postal's UI is lost. Needs the same rights as a run.
 */
public final class Restoration {

  private static final int ATTEMPTS = 3;

  /** The result of a restoration. */
  public sealed interface Outcome {}

  /**
   * All rows were processed.
   *
   * @param restored in id order; in a dry run, those that would be restored
   * @param left rows that kept changing, as last read
   * @param notThrottled requested addresses that need no restoration
   */
  public record Done(
      List<Restored> restored, List<Restored> left, SortedSet<Ipv4Address> notThrottled)
      implements Outcome {}

  /** A run holds the lock; nothing was written. */
  public record LockTaken(String holder) implements Outcome {}

  /** Requested addresses that are in no row; nothing was written. */
  public record NoSuchRows(SortedSet<Ipv4Address> addresses) implements Outcome {}

  /** A row with its old and new values. */
  public record Restored(long id, @Nullable String ipv4, RowValues from, RowValues to) {
    private boolean isThrottled() {
      return !from.state().listingZones().isEmpty() || from.oldPriority() != null;
    }
  }

  private final DatabaseSettings settings;
  private final TableName table;
  private final int fallbackPriority;
  private final Optional<SortedSet<Ipv4Address>> addresses;
  private final Clock clock;
  private volatile boolean lockLost;

  /**
   * Creates a restoration of the table in {@code settings}.
   *
   * @param fallbackPriority the minimum priority of a row without a known old one, 0-100
   * @param addresses of the rows to restore; empty: all throttled rows
   */
  public Restoration(
      DatabaseSettings settings,
      int fallbackPriority,
      Optional<SortedSet<Ipv4Address>> addresses,
      Clock clock) {
    this.settings = settings;
    this.table = TableName.of(settings);
    this.fallbackPriority = fallbackPriority;
    this.addresses = addresses;
    this.clock = clock;
  }

  /**
   * Restores the rows.
   *
   * @param caller identifies this process to a run that finds the lock held
   * @throws DatabaseException if the database cannot be used; rows already restored remain restored
   */
  public Outcome run(String caller) {
    return switch (RunLock.tryAcquire(settings, caller, () -> lockLost = true)) {
      case RunLock.Taken taken -> new LockTaken(taken.holder());
      case RunLock.Acquired(RunLock lock) -> {
        try (lock) {
          yield restore(true);
        }
      }
    };
  }

  /** Reports what {@link #run} would do; acquires no lock and writes nothing (R3). */
  public Outcome dryRun(String caller) {
    RunLock.checkSchema(settings, caller);
    return restore(false);
  }

  private Outcome restore(boolean write) {
    try (Connection connection = DatabaseSession.open(settings, "restore")) {
      SortedSet<Ipv4Address> missing = new TreeSet<>();
      for (Ipv4Address address : addresses.orElse(new TreeSet<>())) {
        if (rows(connection, "ipv4 = ?", address.toString()).isEmpty()) {
          missing.add(address);
        }
      }
      if (!missing.isEmpty()) {
        return new NoSuchRows(missing);
      }
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      return restore(connection, write);
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  private Done restore(Connection connection, boolean write) throws SQLException {
    List<Restored> restored = new ArrayList<>();
    List<Restored> left = new ArrayList<>();
    SortedSet<Ipv4Address> notThrottled = new TreeSet<>(addresses.orElse(new TreeSet<>()));
    for (Restored row : throttled(connection)) {
      Ipv4Address.parse(String.valueOf(row.ipv4())).ifPresent(notThrottled::remove);
      if (write) {
        write(connection, row.id()).ifPresent(restored::add);
        throttled(connection, row.id(), "").ifPresent(left::add);
      } else {
        restored.add(row);
      }
    }
    connection.rollback();
    return new Done(restored, left, notThrottled);
  }

  /** Empty if every attempt conflicted, or nothing is left to do. */
  private Optional<Restored> write(Connection connection, long id) throws SQLException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (lockLost) {
        throw new DatabaseException(
            DatabaseException.Fault.UNREACHABLE,
            "the database session that held the run lock was lost; run 'dnsbl-monitor restore' again to restore the rest",
            null);
      }
      try {
        LockWait.SHORT.limit(connection, table.kind());
        Optional<Restored> row = throttled(connection, id, " for update");
        if (row.isPresent()) {
          update(connection, id, row.get().to());
        }
        connection.commit();
        return row;
      } catch (SQLException e) {
        connection.rollback();
        if (!SqlFailures.isContention(e)) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  private void update(Connection connection, long id, RowValues to) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update %s set priority = ?, %s = ?, %s = ?, %s = ?, updated_at = ? where id = ?"
                .formatted(
                    table.sql(),
                    table.kind().quoted("oldPriority"),
                    table.kind().quoted("blockingLists"),
                    table.kind().quoted("lastEvent")))) {
      statement.setObject(1, to.priority(), Types.INTEGER);
      statement.setObject(2, to.oldPriority(), Types.INTEGER);
      statement.setString(3, to.blockingLists());
      statement.setString(4, to.lastEvent());
      statement.setObject(5, IpAddressRow.utc(clock.instant()));
      statement.setLong(6, id);
      statement.executeUpdate();
    }
  }

  private List<Restored> throttled(Connection connection) throws SQLException {
    return rows(
            connection,
            "%s <> '' or %s is not null order by id"
                .formatted(
                    table.kind().quoted("blockingLists"), table.kind().quoted("oldPriority")))
        .stream()
        .filter(Restored::isThrottled)
        .filter(row ->
            addresses.isEmpty()
                || Ipv4Address.parse(String.valueOf(row.ipv4()))
                    .filter(addresses.get()::contains)
                    .isPresent())
        .toList();
  }

  /** The current row, if it is still throttled. */
  private Optional<Restored> throttled(Connection connection, long id, String lock)
      throws SQLException {
    return rows(connection, "id = " + id + lock).stream().filter(Restored::isThrottled).findFirst();
  }

  private List<Restored> rows(Connection connection, String condition, String... values)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select id, ipv4, priority, %s, %s, %s from %s where %s"
                .formatted(
                    table.kind().quoted("oldPriority"),
                    table.kind().quoted("blockingLists"),
                    table.kind().quoted("lastEvent"),
                    table.sql(),
                    condition))) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      List<Restored> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          RowValues from =
              new RowValues(integer(row, 3), integer(row, 4), row.getString(5), row.getString(6));
          rows.add(
              new Restored(
                  row.getLong(1), row.getString(2), from, from.restoredByHand(fallbackPriority)));
        }
      }
      return rows;
    }
  }

  /** For a column of any width. */
  private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
    return row.getObject(column) instanceof Number number ? number.intValue() : null;
  }
}
