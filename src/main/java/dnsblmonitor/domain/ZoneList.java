package dnsblmonitor.domain;

import dnsblmonitor.domain.Zone.Weighing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses {@code DNSBL_ZONES}: comma-separated {@code zone[=filter][*weight]} (R15). A zone given
 * several times with different filters becomes one {@link Zone} with several weighings.
 */
public final class ZoneList {

  private static final Pattern SPEC = Pattern.compile("([^=*]*)(?:=([^*]*))?(?:\\*(.*))?");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern WEIGHT = Pattern.compile("-?\\d{1,3}");

  /** The first label of a name under a keyed service, anywhere in an entry. */
  private static final Pattern KEYED_NAME =
      Pattern.compile(
          "(?i)(?<![^\\s=*;:/'@])[^\\s=*;:/'@.]+\\.(?=[^\\s=*;:/'@]*"
              + "(?:dq\\.spamhaus\\.net|mail\\.abusix\\.zone))");

  private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9]{20,}");

  /** So that a query name with 32 reversed nibbles fits into 253 characters (RFC 5782 2.4). */
  private static final int MAX_NAME = 253 - 64;

  private final List<String> faults = new ArrayList<>();
  private final Map<String, List<Weighing>> weighingsByName = new LinkedHashMap<>();

  private ZoneList() {}

  /**
   * Parses {@code specs} into zones, in the order of their first appearance.
   *
   * @throws InvalidZonesException with all faults at once; contains no zone key
   */
  public static List<Zone> parse(String specs) {
    ZoneList list = new ZoneList();
    for (String spec : specs.split(",", -1)) {
      list.add(spec.strip());
    }
    List<Zone> zones = new ArrayList<>();
    list.weighingsByName.forEach((name, weighings) -> zones.add(new Zone(name, weighings)));
    list.checkTogether(zones);
    if (!list.faults.isEmpty()) {
      throw new InvalidZonesException(list.faults);
    }
    return List.copyOf(zones);
  }

  private void add(String spec) {
    Matcher parts = SPEC.matcher(spec);
    if (spec.isEmpty()) {
      faults.add("an entry is empty (two commas in a row, or a comma at the start or end)");
    } else if (!parts.matches() || parts.group(1).isEmpty()) {
      faults.add("'%s' is not zone[=filter][*weight]".formatted(masked(spec)));
    } else {
      try {
        String name = name(parts.group(1));
        Optional<ReturnCodeFilter> filter =
            Optional.ofNullable(parts.group(2)).map(ReturnCodeFilter::parse);
        int weight = parts.group(3) == null ? 1 : weight(parts.group(3));
        add(name, new Weighing(filter, weight));
      } catch (IllegalArgumentException e) {
        faults.add("'%s': %s".formatted(masked(spec), masked(String.valueOf(e.getMessage()))));
      }
    }
  }

  private void add(String name, Weighing weighing) {
    List<Weighing> weighings = weighingsByName.computeIfAbsent(name, _ -> new ArrayList<>());
    if (weighings.stream().anyMatch(w -> w.filter().equals(weighing.filter()))) {
      faults.add(
          "'%s' is given twice with the same filter; remove one".formatted(Zone.shown(name)));
    }
    weighings.add(weighing);
  }

  private void checkTogether(List<Zone> zones) {
    if (zones.stream().distinct().count() < zones.size()) {
      zones.stream()
          .filter(zone -> zones.stream().filter(zone::equals).count() > 1)
          .distinct()
          .forEach(zone -> faults.add("two zones have the same shown name, '%s'".formatted(zone)));
    }
    if (faults.isEmpty() && zones.stream().noneMatch(Zone::blocks)) {
      faults.add("no zone has a positive weight, so no address could ever be listed");
    }
  }

  private static String name(String text) {
    String name = text.toLowerCase(java.util.Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("blank inside a name (separate zones with commas)");
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException("longer than %d characters".formatted(MAX_NAME));
    }
    for (String label : name.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException("not a DNS name");
      }
    }
    if (Ipv4Address.parse(name).isPresent()) {
      throw new IllegalArgumentException("an address, not a zone name");
    }
    return name;
  }

  private static int weight(String text) {
    if (WEIGHT.matcher(text).matches()) {
      int weight = Integer.parseInt(text);
      if (weight >= -127 && weight <= 127) {
        return weight;
      }
    }
    throw new IllegalArgumentException("weight '%s' is not in -127..127".formatted(text));
  }

  /** A text that is not a zone, with everything that could be a key masked (R16). */
  public static String masked(String spec) {
    String unkeyed = KEYED_NAME.matcher(spec).replaceAll("<key>.");
    return LONG_WORD.matcher(unkeyed).replaceAll("<key>");
  }

  /** {@code DNSBL_ZONES} is invalid; the reasons contain no zone key. */
  public static final class InvalidZonesException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private final ArrayList<String> faults;

    InvalidZonesException(List<String> faults) {
      super(String.join("; ", faults));
      this.faults = new ArrayList<>(faults);
    }

    public List<String> faults() {
      return List.copyOf(faults);
    }
  }
}
