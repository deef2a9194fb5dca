package dnsblmonitor.postal;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes throttled rows out of the monitor's hands (R42), by the same conditional updates as a run,
 * one row a transaction. Needs no other rights than a run.
 */
public final class Restoration {

  private static final int ATTEMPTS = 3;

  /** What came of it. */
  public sealed interface Outcome {}

  /**
   * All rows were looked at.
   *
   * @param restored in id order; in a dry run those that would be
   * @param left rows that others kept changing, as they were read last
   * @param notThrottled addresses that were asked for and need nothing
   */
  public record Done(
      List<Restored> restored, List<Restored> left, SortedSet<Ipv4Address> notThrottled)
      implements Outcome {}

  /** A run has the lock; nothing was written. */
  public record LockTaken(String holder) implements Outcome {}

  /** Addresses that were asked for and are in no row; nothing was written. */
  public record NoSuchRows(SortedSet<Ipv4Address> addresses) implements Outcome {}

  /** A row, and the values that it had and has. */
  public record Restored(long id, @Nullable String ipv4, RowValues from, RowValues to) {}

  private final DatabaseSettings settings;
  private final TableName table;
  private final ConditionalUpdate update;
  private final int fallbackPriority;
  private final Optional<SortedSet<Ipv4Address>> addresses;
  private final Clock clock;
  private volatile boolean lockLost;

  /**
   * A restoration of the table of {@code settings}.
   *
   * @param fallbackPriority the least priority of a row whose old one is not known, 0-100
   * @param addresses of the rows; empty: all that are throttled
   */
  public Restoration(
      DatabaseSettings settings,
      int fallbackPriority,
      Optional<SortedSet<Ipv4Address>> addresses,
      Clock clock) {
    this.settings = settings;
    this.table = TableName.of(settings);
    this.update = new ConditionalUpdate(table);
    this.fallbackPriority = fallbackPriority;
    this.addresses = addresses;
    this.clock = clock;
  }

  /**
   * Restores the rows.
   *
   * @param caller names this process to a run that finds the lock taken
   * @throws DatabaseException if the database cannot be used; rows restored before that stay so
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

  /** What {@link #run} would do; takes no lock and writes nothing (R3). */
  public Outcome dryRun(String caller) {
    RunLock.checkSchema(settings, caller);
    return restore(false);
  }

  private Outcome restore(boolean write) {
    try (Connection connection = DatabaseSession.open(settings, "restore")) {
      SortedSet<Ipv4Address> missing = new TreeSet<>();
      for (Ipv4Address address : addresses.orElse(new TreeSet<>())) {
        if (rows(connection, "ipv4", address.toString()).isEmpty()) {
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
    for (IpAddressRow row : throttled(connection)) {
      Ipv4Address.parse(String.valueOf(row.ipv4())).ifPresent(notThrottled::remove);
      if (write) {
        write(connection, row).ifPresent(restored::add);
        reread(connection, row).map(this::restored).ifPresent(left::add);
      } else {
        restored.add(restored(row));
      }
    }
    connection.rollback();
    return new Done(restored, left, notThrottled);
  }

  private Restored restored(IpAddressRow row) {
    return new Restored(
        row.id(), row.ipv4(), row.values(), row.values().restoredByHand(fallbackPriority));
  }

  /** Empty if others were in the way each time, or nothing is to be done any more. */
  private Optional<Restored> write(Connection connection, IpAddressRow found) throws SQLException {
    Optional<IpAddressRow> row = Optional.of(found);
    for (int attempt = 1; attempt <= ATTEMPTS && row.isPresent(); attempt++) {
      if (lockLost) {
        throw new DatabaseException(
            DatabaseException.Fault.UNREACHABLE,
            "the session of the run lock is gone; run 'dnsbl-monitor restore' again for the rest",
            null);
      }
      Restored restored = restored(row.get());
      if (isWritten(connection, row.get(), restored.to())) {
        return Optional.of(restored);
      }
      row = reread(connection, found);
    }
    return Optional.empty();
  }

  private boolean isWritten(Connection connection, IpAddressRow row, RowValues to)
      throws SQLException {
    try {
      LockWait.SHORT.limit(connection, table.kind());
      boolean written = update.execute(connection, row, to, clock.instant());
      connection.commit();
      return written;
    } catch (SQLException e) {
      connection.rollback();
      if (SqlFailures.isContention(e)) {
        return false;
      }
      throw e;
    }
  }

  /** The row as it stands now, if it still is throttled. */
  private Optional<IpAddressRow> reread(Connection connection, IpAddressRow row)
      throws SQLException {
    return rows(connection, "id", row.id()).stream().filter(Restoration::isThrottled).findFirst();
  }

  private static boolean isThrottled(IpAddressRow row) {
    return !row.values().state().listingZones().isEmpty() || row.values().oldPriority() != null;
  }

  private List<IpAddressRow> throttled(Connection connection) throws SQLException {
    String condition =
        "%s <> '' or %s is not null order by %s"
            .formatted(
                table.quoted("blockingLists"), table.quoted("oldPriority"), table.quoted("id"));
    try (PreparedStatement statement = connection.prepareStatement(select(condition))) {
      return read(statement).stream()
          .filter(Restoration::isThrottled)
          .filter(row ->
              addresses.isEmpty()
                  || Ipv4Address.parse(String.valueOf(row.ipv4()))
                      .filter(addresses.get()::contains)
                      .isPresent())
          .toList();
    }
  }

  private List<IpAddressRow> rows(Connection connection, String column, Object value)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(select(table.quoted(column) + " = ?"))) {
      statement.setObject(1, value);
      return read(statement);
    }
  }

  private String select(String condition) {
    return "select %s from %s where %s".formatted(update.columns(), table.sql(), condition);
  }

  private static List<IpAddressRow> read(PreparedStatement statement) throws SQLException {
    List<IpAddressRow> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(new IpAddressRow(row));
      }
    }
    return rows;
  }
}
