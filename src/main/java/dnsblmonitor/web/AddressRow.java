package dnsblmonitor.web;

import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.postal.TableRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of Postal's table on the page of addresses.
 *
 * @param link whether the address has a page
 * @param state listed, clean, set by hand or invalid
 * @param stateClass the name of its CSS class
 */
record AddressRow(
    String address,
    boolean link,
    Optional<String> hostname,
    String pool,
    String priority,
    String state,
    String stateClass,
    List<String> lists,
    String lastEvent,
    Optional<TicketLink> ticket) {

  static AddressRow of(TableRow row, int listedPriority, List<RecordedListing> open) {
    return switch (row) {
      case TableRow.Valid(var ip, _) -> of(ip, listedPriority, open);
      case TableRow.Invalid(_, var value) ->
          new AddressRow(
              String.valueOf(value),
              false,
              Optional.of("not an IPv4 address; not checked"),
              "",
              "",
              "invalid",
              "unknown",
              List.of(),
              "",
              Optional.empty());
    };
  }

  /**
   * A valid row.
   *
   * @param open listings, also of other addresses
   */
  static AddressRow of(MonitoredIp ip, int listedPriority, List<RecordedListing> open) {
    boolean edited = ListingRow.edited(ip, listedPriority).isPresent();
    boolean listed = ip.state() instanceof IpState.Throttled;
    return new AddressRow(
        ip.address().toString(),
        true,
        ip.hostname(),
        ip.poolId().map(Object::toString).orElse(""),
        priority(ip, edited),
        edited ? "set by hand" : listed ? "listed" : "clean",
        edited ? "kept" : listed ? "listed" : "clean",
        List.copyOf(ip.state().listingZones()),
        Objects.requireNonNullElse(ip.values().lastEvent(), ""),
        open.stream()
            .filter(listing -> listing.address().equals(ip.address()))
            .map(RecordedListing::ticket)
            .flatMap(Optional::stream)
            .findFirst()
            .map(TicketLink::of));
  }

  private static String priority(MonitoredIp ip, boolean edited) {
    int priority = ip.state().priority();
    if (edited) {
      return priority + ", set by hand";
    }
    return ip.state() instanceof IpState.Throttled(_, var restore, _) && restore.isPresent()
        ? "%d (was %d; restored after delisting)".formatted(priority, restore.get())
        : String.valueOf(priority);
  }
}
