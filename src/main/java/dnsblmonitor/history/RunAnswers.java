package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answers of a run's zones about its addresses. Keeps each LISTED answer, but only four bytes
 * for each address and for each UNKNOWN answer (R35). Filled by one thread at a time; read after
 * the run.
 */
public final class RunAnswers {

  /** An address in a zone, by its shown name. */
  record AddressInZone(Ipv4Address address, String zone) {}

  /** A LISTED answer. */
  record Listing(Listed listed, CountsAs countsAs) {}

  /** What a run can say about an address in a zone. */
  enum Answer {
    LISTED,
    NOT_LISTED,
    UNKNOWN,
    /** The address was not checked. */
    NOT_CHECKED
  }

  private final Map<AddressInZone, Listing> listings = new LinkedHashMap<>();
  private final Addresses checked = new Addresses();
  private final Map<String, Addresses> unknown = new HashMap<>();

  /** Adds a checked row. */
  public void add(Checked row) {
    Ipv4Address address = row.address();
    Verdict verdict = row.check().verdict();
    checked.add(address);
    verdict
        .results()
        .forEach((zone, result) -> add(new AddressInZone(address, zone.shownName()), result, row));
  }

  private void add(AddressInZone key, LookupResult result, Checked row) {
    switch (result) {
      case Listed listed ->
          listings.put(key, new Listing(listed, countsAs(key.zone(), listed, row)));
      case NotListed _ -> {}
      case Unknown _ ->
          unknown.computeIfAbsent(key.zone(), _ -> new Addresses()).add(key.address());
    }
  }

  private static CountsAs countsAs(String zone, Listed listed, Checked row) {
    Verdict verdict = row.check().verdict();
    IpState before = row.before();
    if (listed.weight() == 0) {
      return CountsAs.WATCH_ONLY;
    }
    if (listed.weight() > 0 && verdict.excepted().contains(zone)) {
      return CountsAs.EXCEPTED;
    }
    return verdict.heldBackZones(before).contains(zone) ? CountsAs.HELD_BACK : CountsAs.COUNTED;
  }

  Map<AddressInZone, Listing> listings() {
    return listings;
  }

  /** The listings that count toward no score, by address and zone, and why they do not. */
  public SortedMap<Ipv4Address, SortedMap<String, CountsAs>> uncounted() {
    SortedMap<Ipv4Address, SortedMap<String, CountsAs>> uncounted = new TreeMap<>();
    listings.forEach((key, listing) -> {
      if (listing.countsAs() != CountsAs.COUNTED) {
        uncounted
            .computeIfAbsent(key.address(), _ -> new TreeMap<>())
            .put(key.zone(), listing.countsAs());
      }
    });
    return uncounted;
  }

  /** The answer about an address; of several rows with this address, LISTED counts first. */
  Answer of(AddressInZone key) {
    if (listings.containsKey(key)) {
      return Answer.LISTED;
    }
    if (!checked.contains(key.address())) {
      return Answer.NOT_CHECKED;
    }
    return Optional.ofNullable(unknown.get(key.zone()))
            .filter(addresses -> addresses.contains(key.address()))
            .isPresent()
        ? Answer.UNKNOWN
        : Answer.NOT_LISTED;
  }

  /** A set of addresses of four bytes each, sorted when it is read first. */
  private static final class Addresses {

    private int[] bits = new int[16];
    private int size;
    private boolean sorted;

    void add(Ipv4Address address) {
      if (size == bits.length) {
        bits = Arrays.copyOf(bits, size + size / 2);
      }
      bits[size++] = address.bits();
      sorted = false;
    }

    boolean contains(Ipv4Address address) {
      if (!sorted) {
        Arrays.sort(bits, 0, size);
        sorted = true;
      }
      return Arrays.binarySearch(bits, 0, size, address.bits()) >= 0;
    }
  }
}
