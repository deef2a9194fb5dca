package dnsblmonitor.domain;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A DNSBL: a name to query once per address, and the weights of its answers (R15).
 *
 * <p>The name can contain a customer's key (R16). Only {@code dnsbl} may read {@link #queryName()};
 * all output, including {@link #toString()}, uses {@link #shownName()}. Equality and order are by
 * the shown name, which is unique in a configuration.
 */
public final class Zone implements Comparable<Zone> {

  /** The weight of answers that the filter accepts; without a filter, of any plain listing. */
  public record Weighing(Optional<ReturnCodeFilter> filter, int weight) {}

  private static final Pattern KEY = Pattern.compile("[a-z0-9]{20,}");
  private static final List<String> KEYED_SERVICES =
      List.of(".dq.spamhaus.net", ".mail.abusix.zone");

  private final String queryName;
  private final String shownName;
  private final List<Weighing> weighings;
  private final boolean testEntry;

  Zone(String queryName, List<Weighing> weighings) {
    this(queryName, weighings, true);
  }

  private Zone(String queryName, List<Weighing> weighings, boolean testEntry) {
    this.queryName = queryName;
    this.shownName = shown(queryName);
    this.weighings = List.copyOf(weighings);
    this.testEntry = testEntry;
  }

  /** The same zone, marked as having no test entry 127.0.0.2 (R14). */
  public Zone withoutTestEntry() {
    return new Zone(queryName, weighings, false);
  }

  /** Whether 127.0.0.2 should be listed, as RFC 5782 5 requires. */
  public boolean hasTestEntry() {
    return testEntry;
  }

  /** The name to query, lower case, without the final dot. May contain a secret: never show it. */
  public String queryName() {
    return queryName;
  }

  /** The name for logs, tickets and the table, without any key (R16). */
  public String shownName() {
    return shownName;
  }

  /** The customer's key, if the name contains one. Never show it. */
  public Optional<Secret> key() {
    return keyIn(queryName).map(Secret::new);
  }

  List<Weighing> weighings() {
    return weighings;
  }

  /** {@code name} without the label that is a customer's key. */
  static String shown(String name) {
    return keyIn(name).map(key -> name.substring(key.length() + 1)).orElse(name);
  }

  private static Optional<String> keyIn(String name) {
    int dot = name.indexOf('.');
    return Optional.of(name.substring(0, Math.max(dot, 0)))
        .filter(label ->
            KEY.matcher(label).matches()
                || (dot > 0 && KEYED_SERVICES.stream().anyMatch(name::endsWith)));
  }

  /** Whether a listing here can throttle: some weight is positive. */
  public boolean blocks() {
    return highestWeight() > 0;
  }

  /** Whether a listing here can keep an address from being throttled: some weight is negative. */
  public boolean protects() {
    return lowestWeight() < 0;
  }

  /** {@code text} from the zone, such as a TXT record, without the key it may contain (R16). */
  public String withoutKey(String text) {
    return key()
        .map(key -> Pattern.compile(Pattern.quote(key.reveal()), Pattern.CASE_INSENSITIVE))
        .map(key -> key.matcher(text).replaceAll("<key>"))
        .orElse(text);
  }

  /** The most that this zone can add to a score: all its positive weights. */
  int highestWeight() {
    return weighings.stream().mapToInt(Weighing::weight).filter(w -> w > 0).sum();
  }

  /** The most that this zone can take from a score: all its negative weights. */
  int lowestWeight() {
    return weighings.stream().mapToInt(Weighing::weight).filter(w -> w < 0).sum();
  }

  /** This zone as in {@code DNSBL_ZONES}, with {@code <key>} in place of a key (R16, R33). */
  public String asConfigured() {
    String name = key().isPresent() ? "<key>." + shownName : queryName;
    StringBuilder specs = new StringBuilder();
    for (Weighing weighing : weighings) {
      specs.append(specs.isEmpty() ? "" : ",").append(name);
      weighing.filter().ifPresent(filter -> specs.append('=').append(filter));
      if (weighing.weight() != 1) {
        specs.append('*').append(weighing.weight());
      }
    }
    return specs.toString();
  }

  /** The shown names of {@code zones}, sorted. */
  static SortedSet<String> shownNames(Iterable<Zone> zones) {
    SortedSet<String> names = new TreeSet<>();
    zones.forEach(zone -> names.add(zone.shownName()));
    return names;
  }

  @Override
  public int compareTo(Zone other) {
    return shownName.compareTo(other.shownName);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Zone zone && shownName.equals(zone.shownName);
  }

  @Override
  public int hashCode() {
    return shownName.hashCode();
  }

  @Override
  public String toString() {
    return shownName;
  }
}
