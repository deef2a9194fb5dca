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
 * Postal's table {@code ip_addresses}. Every method uses its own transactions (READ COMMITTED) and
 * throws {@link DatabaseException} if the database fails.
 */
public final class IpAddressTable {

  /** The first page suffices unless a pool starts with invalid rows. */
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
   * Creates an instance that uses the container's transactions.
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

  /** What people look for in the table. */
  public enum RowState {
    /** A blocklist lists it, according to the row. */
    LISTED,
    /** No blocklist lists it, according to the row. */
    CLEAN,
    /** What the monitor wrote was edited: another priority or no blocklists (R6a). */
    SET_BY_HAND
  }

  /**
   * The next {@code size} rows with ids above {@code afterId} that match, in id order.
   *
   * @param state empty: any
   * @param poolId empty: any
   * @param zone the shown name of a blocklist that lists the address; empty: any
   * @param listedPriority LISTED_PRIORITY, which a listed row has unless it was edited
   */
  public List<TableRow> matching(
      long afterId,
      int size,
      Optional<RowState> state,
      Optional<Long> poolId,
      Optional<String> zone,
      int listedPriority) {
    String listed = "(r.blockingLists is not null and trim(r.blockingLists) <> '')";
    String where =
        state
                .map(wanted ->
                    switch (wanted) {
                      case LISTED -> " and " + listed;
                      case CLEAN -> " and not " + listed;
                      case SET_BY_HAND ->
                          " and ((%s and coalesce(r.priority, 100) <> :listedPriority) or (not %s and r.oldPriority is not null))"
                              .formatted(listed, listed);
                    })
                .orElse("")
            + poolId.map(_ -> " and r.poolId = :pool").orElse("")
            + zone.map(_ ->
                    " and locate(:zone, concat(',', replace(r.blockingLists, ' ', ''), ',')) > 0")
                .orElse("");
    return read(
            em -> {
              TypedQuery<IpAddressRow> rows =
                  em.createQuery(
                          "select r from IpAddressRow r where r.id > :after"
                              + where
                              + " order by r.id",
                          IpAddressRow.class)
                      .setParameter("after", afterId)
                      .setMaxResults(size);
              state
                  .filter(wanted -> wanted == RowState.SET_BY_HAND)
                  .ifPresent(_ -> rows.setParameter("listedPriority", listedPriority));
              poolId.ifPresent(pool -> rows.setParameter("pool", pool));
              zone.ifPresent(name -> rows.setParameter("zone", "," + name + ","));
              return rows.getResultList();
            })
        .stream()
        .map(row -> row.tableRow(ipv6))
        .toList();
  }

  /**
   * The number of rows with ids above {@code afterId} and below {@code beforeId}.
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
   * The number of rows in the table and their range of ids.
   *
   * @param lookups number of addresses to look up per zone: each {@code ipv4}, and each {@code
   *     ipv6} if that counts
   */
  public record Extent(long lookups, long lowestId, long highestId) {}

  /** The extent of the table; empty for an empty table. */
  public Optional<Extent> extent() {
    Extent extent =
        read(em ->
            em.createQuery(
                    "select "
                        + (ipv6 ? "count(r) + count(nullif(trim(r.ipv6), ''))" : "count(r)")
                        + ", coalesce(min(r.id), 0), coalesce(max(r.id), 0) from IpAddressRow r",
                    Extent.class)
                .getSingleResult());
    return extent.lookups() == 0 ? Optional.empty() : Optional.of(extent);
  }

  /** The valid, listed rows (R23). */
  public List<MonitoredIp> listed() {
    return valid(
        read(em ->
            em.createQuery(
                    "select r from IpAddressRow r where r.blockingLists <> '' order by r.id",
                    IpAddressRow.class)
                .getResultList()));
  }

  /** The valid rows of these addresses; an address may be in several rows. */
  public List<MonitoredIp> withAddresses(Collection<Ipv4Address> addresses) {
    // PostgreSQL permits at most 65,535 parameters per statement
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

  /** The columns that show whether Postal can send from a clean row. */
  record CleanRow(Long id, @Nullable String ipv4) {
    private boolean isValid() {
      return ipv4 != null && Ipv4Address.parse(ipv4).isPresent();
    }
  }

  /**
   * Whether a pool has a valid, clean row (R22a). Reads until one is found and keeps none in
   * memory, since a pool may contain all rows of the table.
   *
   * @param except ids of rows to ignore
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
   * Applies checks to the current rows: rereads them, decides the transitions from these values,
   * and names the same values in the WHERE clause of each UPDATE (R22).
   *
   * @param write false in a dry run: decides the same, writes nothing (R3)
   * @param listener is notified of the outcome of each row
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
