package dnsblmonitor.postal;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.TransitionRules;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Postal's table {@code ip_addresses}. Every method runs in transactions of its own (READ
 * COMMITTED) and throws {@link DatabaseException} where the database fails.
 */
public final class IpAddressTable {

  /** The first page holds the answer, unless a pool begins with rows that are invalid. */
  private static final int CLEAN_ROWS = 100;

  private final Transactions transactions;
  private final TableName table;
  private final boolean ipv6;
  private final Clock clock;

  IpAddressTable(Transactions transactions, DatabaseSettings settings, Clock clock, boolean ipv6) {
    this.transactions = transactions;
    this.table = TableName.of(settings);
    this.ipv6 = ipv6;
    this.clock = clock;
  }

  /**
   * The table behind the container's transactions.
   *
   * @param ipv6 whether the column {@code ipv6} counts, else it is as if it were empty (CHECK_IPV6)
   */
  public static IpAddressTable in(
      JtaTransactions transactions, DatabaseSettings settings, Clock clock, boolean ipv6) {
    return new IpAddressTable(transactions, settings, clock, ipv6);
  }

  /**
   * The next {@code size} rows with ids above {@code afterId}, in id order: a keyset page (R6).
   *
   * @param addresses of the rows that count (R29a), a thousand at most; empty: all
   */
  public List<TableRow> page(
      long afterId, int size, Optional<? extends Collection<Ipv4Address>> addresses) {
    return read(
            em -> {
              TypedQuery<IpAddressRow> rows =
                  em.createQuery(
                          "select r from IpAddressRow r where r.id > :after"
                              + (addresses.isPresent() ? " and r.ipv4 in :addresses" : "")
                              + " order by r.id",
                          IpAddressRow.class)
                      .setParameter("after", afterId)
                      .setMaxResults(size);
              addresses.ifPresent(some -> rows.setParameter("addresses", texts(some)));
              return rows.getResultList();
            })
        .stream()
        .map(row -> row.tableRow(ipv6))
        .toList();
  }

  /**
   * How many rows with id above {@code afterId} and below {@code beforeId} there are.
   *
   * @param addresses of the rows that count (R29a); empty: all
   */
  public long count(
      long afterId, long beforeId, Optional<? extends Collection<Ipv4Address>> addresses) {
    return read(em -> {
      TypedQuery<Long> count =
          em.createQuery(
                  "select count(r) from IpAddressRow r where r.id > :after and r.id < :before"
                      + (addresses.isPresent() ? " and r.ipv4 in :addresses" : ""),
                  Long.class)
              .setParameter("after", afterId)
              .setParameter("before", beforeId);
      addresses.ifPresent(some -> count.setParameter("addresses", texts(some)));
      return count.getSingleResult();
    });
  }

  private static List<String> texts(Collection<Ipv4Address> addresses) {
    return addresses.stream().map(Ipv4Address::toString).toList();
  }

  /**
   * How many rows the table has, and between which ids.
   *
   * @param lookups addresses to look up in each zone: each row's {@code ipv4}, and its {@code ipv6}
   *     if that counts
   */
  public record Extent(long lookups, long lowestId, long highestId) {}

  /** What there is to check; empty for an empty table. */
  public Optional<Extent> extent() {
    Extent extent =
        read(em ->
            em.createQuery(
                    "select "
                        + (ipv6 ? "count(r) + count(r.ipv6)" : "count(r)")
                        + ", coalesce(min(r.id), 0), coalesce(max(r.id), 0) from IpAddressRow r",
                    Extent.class)
                .getSingleResult());
    return extent.lookups() == 0 ? Optional.empty() : Optional.of(extent);
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

  /** The valid rows of any number of addresses; an address may be in several rows. */
  public List<MonitoredIp> withAddresses(Collection<Ipv4Address> addresses) {
    // a statement takes 65,535 parameters at most on PostgreSQL
    return texts(addresses).stream()
        .gather(Gatherers.windowFixed(1_000))
        .flatMap(texts ->
            valid(
                read(em ->
                    em.createQuery(
                            "select r from IpAddressRow r where r.ipv4 in :texts order by r.id",
                            IpAddressRow.class)
                        .setParameter("texts", texts)
                        .getResultList()))
                .stream())
        .toList();
  }

  /** What it takes to know of a row that is clean whether Postal can send from it. */
  record CleanRow(Long id, @Nullable String ipv4) {
    private boolean isValid() {
      return ipv4 != null && Ipv4Address.parse(ipv4).isPresent();
    }
  }

  /**
   * Whether a pool has a valid row that is clean (R22a). Reads until one is found, and keeps none:
   * a pool may hold all rows of the table.
   *
   * @param except ids of rows that do not count
   */
  public boolean hasCleanRow(long poolId, Set<Long> except) {
    List<CleanRow> page;
    long after = Long.MIN_VALUE;
    do {
      page = cleanRows(poolId, after);
      if (page.stream().anyMatch(row -> row.isValid() && !except.contains(row.id()))) {
        return true;
      }
      after = page.isEmpty() ? after : page.getLast().id();
    } while (!page.isEmpty());
    return false;
  }

  private List<CleanRow> cleanRows(long poolId, long after) {
    return read(em ->
        em.createQuery(
                "select r.id, r.ipv4 from IpAddressRow r"
                    + " where r.poolId = :pool and r.id > :after"
                    + " and (r.blockingLists is null or trim(r.blockingLists) = '') order by r.id",
                CleanRow.class)
            .setParameter("pool", poolId)
            .setParameter("after", after)
            .setMaxResults(CLEAN_ROWS)
            .getResultList());
  }

  /**
   * Applies checks to their rows as the rows stand now: they are read again, the transitions are
   * decided from what was read, and each UPDATE names what was read (R22).
   *
   * @param write false in a dry run: the same is decided, nothing is written (R3)
   * @param listener is told what became of each row
   */
  public void apply(
      List<IpCheck> checks, TransitionRules rules, boolean write, RowListener listener) {
    new RowChanges(transactions, table, ipv6, clock, rules, write, listener).apply(checks);
  }

  private <T> T read(Function<EntityManager, T> query) {
    try {
      return transactions.inNew(em -> {
        em.unwrap(Session.class).doWork(c -> LockWait.LONG.limit(c, table.kind()));
        return query.apply(em);
      });
    } catch (RuntimeException e) {
      throw SqlFailures.translated(e);
    }
  }

  private List<MonitoredIp> valid(List<IpAddressRow> rows) {
    return rows.stream()
        .map(row -> row.tableRow(ipv6))
        .flatMap(row -> row instanceof TableRow.Valid(var ip, _) ? Stream.of(ip) : Stream.empty())
        .toList();
  }
}
