package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import java.time.Instant;
import java.util.Optional;

/**
 * A listing as the history keeps it: an interval in which a zone listed an address.
 *
 * @param zone its shown name
 * @param lastSeen when a run last got the answer that it is listed
 * @param end empty while it is open
 * @param weight of the answer: 0 is watch only, negative is an allowlist
 * @param codes the return codes, comma separated
 * @param reason the TXT record
 * @param ticket the latest ticket of the address during the listing
 */
public record RecordedListing(
    long id,
    Ipv4Address address,
    String zone,
    Instant firstSeen,
    Instant lastSeen,
    Optional<End> end,
    CountsAs countsAs,
    int weight,
    String codes,
    Optional<String> reason,
    Optional<Ticket> ticket) {

  /** The end of a listing. */
  public record End(Instant at, EndReason why) {}

  /** Why a listing is over. */
  public enum EndReason {
    /** The zone does not list the address any more. */
    NOT_LISTED,
    /** The zone is no longer configured, or the address is gone from the table. */
    NOT_MONITORED
  }

  /**
   * Which listings to read; an empty field does not limit.
   *
   * @param minWeight only those of at least this weight
   * @param since only those that were open then or later
   * @param until only those that started before
   */
  public record Filter(
      Optional<Ipv4Address> address,
      Optional<String> zone,
      Optional<CountsAs> countsAs,
      Optional<Integer> minWeight,
      Optional<Instant> since,
      Optional<Instant> until) {

    public static final Filter ALL =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Filter ofAddress(Ipv4Address wanted) {
      return new Filter(Optional.of(wanted), zone, countsAs, minWeight, since, until);
    }

    public Filter ofZone(String wanted) {
      return new Filter(address, Optional.of(wanted), countsAs, minWeight, since, until);
    }

    public Filter counting(CountsAs wanted) {
      return new Filter(address, zone, Optional.of(wanted), minWeight, since, until);
    }

    public Filter ofWeight(int atLeast) {
      return new Filter(address, zone, countsAs, Optional.of(atLeast), since, until);
    }

    public Filter openBetween(Optional<Instant> from, Optional<Instant> to) {
      return new Filter(address, zone, countsAs, minWeight, from, to);
    }
  }
}
