package dnsblmonitor.postal;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.Transition;
import dnsblmonitor.domain.TransitionRules;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Postal's table {@code ip_addresses}. Every method runs in transactions of its own (READ
 * COMMITTED) and throws {@link DatabaseException} where the database fails.
 */
public final class IpAddressTable {

  /** After that many conflicts the row is left to the next run (R22). */
  private static final int ATTEMPTS = 3;

  private final Transactions transactions;
  private final Clock clock;
  private final boolean ipv6;

  IpAddressTable(Transactions transactions, Clock clock, boolean ipv6) {
    this.transactions = transactions;
    this.clock = clock;
    this.ipv6 = ipv6;
  }

  /**
   * The table behind the container's transactions.
   *
   * @param ipv6 whether the column {@code ipv6} counts, else it is as if it were empty (CHECK_IPV6)
   */
  public static IpAddressTable in(JtaTransactions transactions, Clock clock, boolean ipv6) {
    return new IpAddressTable(transactions, clock, ipv6);
  }

  /** The next {@code size} rows behind {@code afterId}, in id order: a keyset page (R6). */
  public List<TableRow> page(long afterId, int size) {
    return read(em ->
            em.createQuery(
                    "select r from IpAddressRow r where r.id > :after order by r.id",
                    IpAddressRow.class)
                .setParameter("after", afterId)
                .setMaxResults(size)
                .getResultList())
        .stream()
        .map(this::tableRow)
        .toList();
  }

  /** The valid rows that are listed (R23). */
  public List<MonitoredIp> listed() {
    return valid(
        read(em ->
            em.createQuery(
                    "select r from IpAddressRow r where r.blockingLists <> '' order by r.id",
                    IpAddressRow.class)
                .getResultList()));
  }

  /** The valid rows of these addresses; an address may stand in several rows. */
  public List<MonitoredIp> withAddresses(Collection<Ipv4Address> addresses) {
    return valid(rowsWhere("ipv4", addresses.stream().map(Ipv4Address::toString).toList()));
  }

  /** All valid rows of these pools (R22a). */
  public List<MonitoredIp> inPools(Collection<Long> poolIds) {
    return valid(rowsWhere("poolId", poolIds));
  }

  private List<IpAddressRow> rowsWhere(String attribute, Collection<?> values) {
    return values.isEmpty()
        ? List.of()
        : read(em ->
            em.createQuery(
                    "select r from IpAddressRow r where r.%s in :values order by r.id"
                        .formatted(attribute),
                    IpAddressRow.class)
                .setParameter("values", values)
                .getResultList());
  }

  /**
   * Applies a check to its row as the row stands now: it is read again, the transition is decided
   * from what was read, and the UPDATE names what was read (R22).
   *
   * @param write false in a dry run: the same is decided, nothing is written (R3)
   */
  public RowOutcome apply(IpCheck check, TransitionRules rules, boolean write) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return transact(em -> applyOnce(em, check, rules, write));
      } catch (OptimisticLockException e) {
        // somebody else wrote between our read and our write: decide again from what stands there
      }
    }
    return new RowOutcome.Conflict();
  }

  private RowOutcome applyOnce(
      EntityManager em, IpCheck check, TransitionRules rules, boolean write) {
    @Nullable IpAddressRow row = em.find(IpAddressRow.class, check.ip().rowId());
    if (row == null) {
      return new RowOutcome.Vanished();
    }
    if (!holdsWhatWasLookedUp(row, check)) {
      return new RowOutcome.Conflict();
    }
    RowValues from = row.values();
    Transition transition = rules.decide(from.state(), check.verdict());
    if (transition instanceof Transition.Unchanged) {
      return new RowOutcome.Unchanged(from);
    }
    RowValues to = from.after(transition);
    if (write) {
      row.set(to, clock.instant());
      em.flush();
    }
    return new RowOutcome.Updated(from, to);
  }

  private boolean holdsWhatWasLookedUp(IpAddressRow row, IpCheck check) {
    return address(row).filter(check.ip().address()::equals).isPresent()
        && ipv6(row).equals(check.ip().ipv6());
  }

  private List<IpAddressRow> read(Function<EntityManager, List<IpAddressRow>> query) {
    return transact(query);
  }

  private <T> T transact(Function<EntityManager, T> work) {
    try {
      return transactions.inNew(work);
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  /** The conflict or SQL failure behind what Hibernate and the container wrapped around it. */
  private static RuntimeException translated(RuntimeException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OptimisticLockException conflict) {
        return conflict;
      }
      if (cause instanceof SQLException sql) {
        return DatabaseException.of(sql);
      }
    }
    return failure;
  }

  private List<MonitoredIp> valid(List<IpAddressRow> rows) {
    return rows.stream()
        .map(this::tableRow)
        .flatMap(row -> row instanceof TableRow.Valid(var ip, _) ? Stream.of(ip) : Stream.empty())
        .toList();
  }

  private TableRow tableRow(IpAddressRow row) {
    return address(row)
        .<TableRow>map(address ->
            new TableRow.Valid(
                new MonitoredIp(
                    row.id(),
                    address,
                    ipv6(row),
                    Optional.ofNullable(row.poolId()),
                    Optional.ofNullable(row.hostname()),
                    row.values()),
                ipv6Text(row).filter(text -> Ipv6Address.parse(text).isEmpty())))
        .orElseGet(() -> new TableRow.Invalid(row.id(), row.ipv4()));
  }

  private Optional<Ipv6Address> ipv6(IpAddressRow row) {
    return ipv6Text(row).flatMap(Ipv6Address::parse);
  }

  private Optional<String> ipv6Text(IpAddressRow row) {
    return Optional.ofNullable(row.ipv6()).filter(text -> ipv6 && !text.isBlank());
  }

  private static Optional<Ipv4Address> address(IpAddressRow row) {
    return Optional.ofNullable(row.ipv4()).flatMap(Ipv4Address::parse);
  }
}
