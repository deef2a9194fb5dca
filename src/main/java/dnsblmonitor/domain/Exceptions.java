package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accepted listings, which do not count (R20b). */
public record Exceptions(List<Entry> entries) {

  public static final Exceptions NONE = new Exceptions(List.of());

  private static final Pattern ENTRY = Pattern.compile("([^@/]*)(?:@([^/]*))?(?:/(.*))?");
  private static final Pattern PREFIX_LENGTH = Pattern.compile("\\d{1,3}(@.*)?");

  /**
   * One exception.
   *
   * @param address the row's {@code ipv4}; empty: every address
   * @param zone its shown name; empty: every zone
   * @param until the last UTC day on which it applies; empty: no end
   */
  public record Entry(
      Optional<Ipv4Address> address, Optional<String> zone, Optional<LocalDate> until) {

    private boolean covers(Ipv4Address other, String shownName) {
      return address.filter(own -> !own.equals(other)).isEmpty()
          && zone.filter(own -> !own.equals(shownName)).isEmpty();
    }

    private LocalDate end() {
      return until.orElse(LocalDate.MAX);
    }

    /** As configured. */
    @Override
    public String toString() {
      return address.map(Ipv4Address::toString).orElse("*")
          + zone.map(name -> "@" + name).orElse("")
          + until.map(day -> "/" + day).orElse("");
    }
  }

  public Exceptions {
    entries = List.copyOf(entries);
  }

  /**
   * Parses {@code specs} into exceptions.
   *
   * @param zones the configured ones
   * @throws IllegalArgumentException with all faults; contains no zone key
   */
  public static Exceptions parse(Collection<String> specs, Collection<Zone> zones) {
    SortedSet<String> names = Zone.shownNames(zones);
    List<Entry> entries = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String spec : specs) {
      try {
        entries.add(entry(spec, names));
      } catch (IllegalArgumentException e) {
        faults.add("'%s': %s".formatted(ZoneList.masked(spec), e.getMessage()));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new Exceptions(entries);
  }

  private static Entry entry(String spec, SortedSet<String> zones) {
    Matcher parts = ENTRY.matcher(spec);
    if (!parts.matches()) {
      throw new IllegalArgumentException("write it as <ipv4 or *>[@zone][/YYYY-MM-DD]");
    }
    Optional<String> zone =
        Optional.ofNullable(parts.group(2)).map(name -> name.strip().toLowerCase(Locale.ROOT));
    Optional<LocalDate> until = Optional.ofNullable(parts.group(3)).map(Exceptions::date);
    String address = parts.group(1).strip();
    zone.filter(name -> !zones.contains(name))
        .ifPresent(_ -> {
          throw new IllegalArgumentException(
              "the zone is not in DNSBL_ZONES (%s); correct its name or remove the entry"
                  .formatted(String.join(", ", zones)));
        });
    if (address.equals("*")) {
      if (zone.isEmpty()) {
        throw new IllegalArgumentException(
            "it would except every address in every zone; add a zone, as in *@%s"
                .formatted(zones.isEmpty() ? "zone" : zones.first()));
      }
      return new Entry(Optional.empty(), zone, until);
    }
    return new Entry(Optional.of(address(address)), zone, until);
  }

  private static Ipv4Address address(String text) {
    return Ipv4Address.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                text.contains(":")
                    ? "it is an IPv6 address; use the row's ipv4"
                    : "it is not an IPv4 address; correct it or remove the entry"));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          PREFIX_LENGTH.matcher(text).matches()
              ? "it is a network; write one entry for each address"
              : "'%s' is not a date such as 2026-12-31".formatted(ZoneList.masked(text)),
          e);
    }
  }

  /** The exceptions in force on a day. */
  public Exceptions on(LocalDate day) {
    return new Exceptions(entries.stream().filter(entry -> !entry.end().isBefore(day)).toList());
  }

  /** The shown names of {@code zones} whose listing of an address does not count. */
  public SortedSet<String> zones(Ipv4Address address, Collection<Zone> zones) {
    return entries.isEmpty()
        ? new TreeSet<>()
        : zones.stream()
            .map(Zone::shownName)
            .filter(name -> end(address, name).isPresent())
            .collect(toCollection(TreeSet::new));
  }

  private Optional<LocalDate> end(Ipv4Address address, String zone) {
    return entries.stream()
        .filter(entry -> entry.covers(address, zone))
        .map(Entry::end)
        .max(Comparator.naturalOrder());
  }

  /**
   * For display, if the listing of an address by one of these zones does not count: {@code an
   * exception is in force until 2026-12-31}. Names the first to expire.
   */
  public Optional<String> covering(Ipv4Address address, Collection<String> shownNames) {
    return shownNames.stream()
        .flatMap(name -> end(address, name).stream())
        .min(Comparator.naturalOrder())
        .map(
            end -> "an exception is in force" + (end.equals(LocalDate.MAX) ? "" : " until " + end));
  }

  /** The exceptions that expired before a day. */
  public List<Entry> expired(LocalDate day) {
    return entries.stream().filter(entry -> entry.end().isBefore(day)).toList();
  }

  @Override
  public String toString() {
    return entries.stream().map(Entry::toString).collect(joining(","));
  }
}
