package dnsblmonitor.postal;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowValues;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.OptimisticLockType;
import org.hibernate.annotations.OptimisticLocking;
import org.jspecify.annotations.Nullable;

/**
 * A row of Postal's {@code ip_addresses}. Postal has no version column, so the UPDATE's WHERE
 * clause names all values as read (R22): raw NULLs and no converters, or it would not match. Final,
 * so that Hibernate generates no proxy ({@link ReflectionOnly}).
 */
@Entity
@Table(name = "ip_addresses")
@DynamicUpdate
@OptimisticLocking(type = OptimisticLockType.ALL)
final class IpAddressRow {

  @Id private @Nullable Long id;

  @Column(name = "ip_pool_id")
  private @Nullable Long poolId;

  private @Nullable String ipv4;

  /**
   * Read-only. It is in the WHERE clause like all values that were read: with CHECK_IPV6, an edit
   * invalidates the verdict, which depends on it; without, an edit costs one more attempt.
   */
  @Column(insertable = false, updatable = false)
  private @Nullable String ipv6;

  private @Nullable String hostname;

  private @Nullable Integer priority;

  @Column(name = "updated_at")
  private @Nullable LocalDateTime updatedAt;

  /** Camel case, so quoted on PostgreSQL (R6). */
  @Column(name = "`oldPriority`")
  private @Nullable Integer oldPriority;

  @Column(name = "`blockingLists`")
  private @Nullable String blockingLists;

  @Column(name = "`lastEvent`")
  private @Nullable String lastEvent;

  /** For Hibernate. */
  IpAddressRow() {}

  long id() {
    return id == null ? 0 : id;
  }

  /** {@code updated_at}, which Postal's UI and the monitor write in UTC. */
  Optional<Instant> lastChange() {
    return Optional.ofNullable(updatedAt).map(at -> at.toInstant(ZoneOffset.UTC));
  }

  /**
   * What its raw columns mean.
   *
   * @param withIpv6 whether the column {@code ipv6} counts, else it is as if it were empty
   *     (CHECK_IPV6)
   */
  TableRow tableRow(boolean withIpv6) {
    return address()
        .<TableRow>map(address ->
            new TableRow.Valid(
                new MonitoredIp(
                    id(),
                    address,
                    ipv6(withIpv6),
                    Optional.ofNullable(poolId),
                    Optional.ofNullable(hostname),
                    values()),
                ipv6Text(withIpv6).filter(text -> Ipv6Address.parse(text).isEmpty())))
        .orElseGet(() -> new TableRow.Invalid(id(), ipv4));
  }

  /** Whether the row still holds the addresses that were looked up. */
  boolean holds(MonitoredIp ip, boolean withIpv6) {
    return address().filter(ip.address()::equals).isPresent() && ipv6(withIpv6).equals(ip.ipv6());
  }

  private Optional<Ipv4Address> address() {
    return Optional.ofNullable(ipv4).flatMap(Ipv4Address::parse);
  }

  private Optional<Ipv6Address> ipv6(boolean counts) {
    return ipv6Text(counts).flatMap(Ipv6Address::parse);
  }

  private Optional<String> ipv6Text(boolean counts) {
    return Optional.ofNullable(ipv6).filter(text -> counts && !text.isBlank());
  }

  RowValues values() {
    return new RowValues(priority, oldPriority, blockingLists, lastEvent);
  }

  /** Sets the monitor's columns, and {@code updated_at} in UTC as Postal's UI does (R21). */
  void set(RowValues values, Instant now) {
    priority = values.priority();
    oldPriority = values.oldPriority();
    blockingLists = values.blockingLists();
    lastEvent = values.lastEvent();
    updatedAt = utc(now);
  }

  /** As {@code updated_at} holds it: UTC, to the microsecond. */
  static LocalDateTime utc(Instant now) {
    return LocalDateTime.ofInstant(now, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
  }
}
