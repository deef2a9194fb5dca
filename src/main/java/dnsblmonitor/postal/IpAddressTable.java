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
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Postal's table {@code ip_addresses}. Every method runs in transactions of its own (READ
 * COMMITTED) and throws {@link DatabaseException} where the database fails.
 */
public final class IpAddressTable {

  private final Transactions transactions;
  private final ConditionalUpdate update;
  private final RowMapping mapping;
  private final Clock clock;

  IpAddressTable(Transactions transactions, DatabaseSettings settings, Clock clock, boolean ipv6) {
    this.transactions = transactions;
    this.update = new ConditionalUpdate(TableName.of(settings));
    this.mapping = new RowMapping(ipv6);
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

  /** The next {@code size} rows behind {@code afterId}, in id order: a keyset page (R6). */
  public List<TableRow> page(long afterId, int size) {
    return page(
        em ->
            em.createQuery(
                "select r from IpAddressRow r where r.id > :after order by r.id",
                IpAddressRow.class),
        afterId,
        size);
  }

  /**
   * The same among the rows of these addresses (R29a).
   *
   * @param addresses not more than a statement takes parameters; a thousand are fine
   */
  public List<TableRow> page(long afterId, int size, Collection<Ipv4Address> addresses) {
    List<String> texts = addresses.stream().map(Ipv4Address::toString).toList();
    return page(
        em ->
            em.createQuery(
                    "select r from IpAddressRow r where r.id > :after and r.ipv4 in :addresses order by r.id",
                    IpAddressRow.class)
                .setParameter("addresses", texts),
        afterId,
        size);
  }

  private List<TableRow> page(
      Function<EntityManager, TypedQuery<IpAddressRow>> rows, long afterId, int size) {
    return read(
            em -> rows.apply(em).setParameter("after", afterId).setMaxResults(size).getResultList())
        .stream()
        .map(mapping::tableRow)
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

  /**
   * Applies checks to their rows as the rows stand now: they are read again, the transitions are
   * decided from what was read, and each UPDATE names what was read (R22).
   *
   * @param write false in a dry run: the same is decided, nothing is written (R3)
   * @param listener is told what became of each row
   */
  public void apply(
      List<IpCheck> checks, TransitionRules rules, boolean write, RowListener listener) {
    new RowChanges(transactions, update, mapping, clock, rules, write, listener).apply(checks);
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

  private List<IpAddressRow> read(Function<EntityManager, List<IpAddressRow>> query) {
    try {
      return transactions.inNew(em -> {
        em.unwrap(Session.class).doWork(c -> LockWait.LONG.limit(c, update.table().kind()));
        return query.apply(em);
      });
    } catch (RuntimeException e) {
      throw SqlFailures.translated(e);
    }
  }

  private List<MonitoredIp> valid(List<IpAddressRow> rows) {
    return rows.stream()
        .map(mapping::tableRow)
        .flatMap(row -> row instanceof TableRow.Valid(var ip, _) ? Stream.of(ip) : Stream.empty())
        .toList();
  }
}
