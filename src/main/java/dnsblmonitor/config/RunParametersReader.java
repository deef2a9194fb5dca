package dnsblmonitor.config;

import dnsblmonitor.batch.RunRequest;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the job parameters of a manual run and reports all faults at once (R29a). A user may enter
 * a secret by mistake, so messages contain nothing that could be a zone's key (R16).
 */
public final class RunParametersReader {

  static final String DRY_RUN = "dryRun";
  static final String ZONES = "zones";
  static final String IPS = "ips";
  static final String ITEM_COUNT = "itemCount";

  /** Read by the JSL. */
  private static final int MAX_CHUNK = 10_000;

  private static final int MAX_ADDRESSES = 1000;
  private static final int MAX_ECHO_LENGTH = 80;

  /** Parameters that define what a run does; a restart cannot change them. */
  private static final List<String> MEANING = List.of(DRY_RUN, ZONES, IPS);

  private static final List<String> NAMES = List.of(DRY_RUN, ZONES, IPS, ITEM_COUNT);

  /** Liberty's parameters, such as {@code com_ibm_ws_batch_message_priority}. */
  private static final List<String> LIBERTYS = List.of("com.ibm.", "com_ibm_");

  private final Map<String, String> given;
  private final Settings settings;
  private final List<String> faults = new ArrayList<>();

  /**
   * What one run was asked for by job parameters, beside the settings that all runs share (R29a).
   *
   * @param dryRun whether it writes nothing, because of the environment or of its parameter
   * @param scope the zones and addresses that it is about
   */
  record RunParameters(boolean dryRun, RunScope scope) {}

  private RunParametersReader(Map<String, String> given, Settings settings) {
    this.given = given;
    this.settings = settings;
  }

  /** The faults in the job parameters of a new run that can be detected before it starts. */
  public static List<String> faults(Map<String, String> parameters, Settings settings) {
    try {
      var _ = read(new RunRequest(parameters, parameters), settings);
      return List.of();
    } catch (ConfigurationException e) {
      return e.faults();
    }
  }

  /**
   * Reads the parameters of {@code request}.
   *
   * @throws ConfigurationException with all faults
   */
  static RunParameters read(RunRequest request, Settings settings) {
    Map<String, String> effective = new TreeMap<>(request.given());
    Map<String, String> meant = meaning(request.first());
    Map<String, String> said = meaning(request.given());
    effective.putAll(meant);
    RunParametersReader reader = new RunParametersReader(effective, settings);
    if (!said.isEmpty() && !said.equals(meant)) {
      reader.fault(
          "%s: differ from those of the run to restart. Omit them (a restart keeps them), or start a new run"
              .formatted(String.join(", ", MEANING)));
    }
    return reader.read();
  }

  private static Map<String, String> meaning(Map<String, String> parameters) {
    Map<String, String> meaning = new TreeMap<>(parameters);
    meaning.keySet().retainAll(MEANING);
    return meaning;
  }

  private RunParameters read() {
    given.keySet().forEach(this::refuseUnknown);
    boolean dryRun = dryRun();
    List<Zone> zones = text(ZONES).map(this::zones).orElse(settings.zones());
    Optional<SortedSet<Ipv4Address>> addresses = text(IPS).map(this::addresses);
    text(ITEM_COUNT).map(_ -> given.get(ITEM_COUNT)).ifPresent(this::checkItemCount);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return new RunParameters(dryRun, new RunScope(settings.zones(), zones, addresses));
  }

  private void refuseUnknown(String name) {
    if (!NAMES.contains(name) && LIBERTYS.stream().noneMatch(name::startsWith)) {
      fault(
          "%s: unknown job parameter; did you mean %s?"
              .formatted(echo(name), Spelling.nearest(name, NAMES)));
    }
  }

  /** An empty value is a fault: the user probably meant a partial run but would get a full one. */
  private Optional<String> text(String name) {
    Optional<String> text = Optional.ofNullable(given.get(name)).map(String::strip);
    if (text.filter(String::isEmpty).isPresent()) {
      fault(name + ": is empty; set a value or omit the parameter");
      return Optional.empty();
    }
    return text;
  }

  /** A parameter cannot turn off DRY_RUN=true in the environment. */
  private boolean dryRun() {
    Optional<String> text = text(DRY_RUN);
    Optional<Boolean> requested = text.flatMap(Variables::truth);
    if (text.isPresent() && requested.isEmpty()) {
      fault("%s: '%s' is not true/false, yes/no or 1/0".formatted(DRY_RUN, echo(text.get())));
    }
    if (settings.dryRun() && requested.filter(dry -> !dry).isPresent()) {
      fault(
          "%s: cannot be false while DRY_RUN is true; omit it, or set DRY_RUN=false in the environment"
              .formatted(DRY_RUN));
    }
    return settings.dryRun() || requested.orElse(false);
  }

  /** The named zones, in the order of the configuration. */
  private List<Zone> zones(String text) {
    Set<String> named = new HashSet<>();
    for (String entry : entries(ZONES, text)) {
      String name = entry.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
      if (settings.zones().stream().anyMatch(zone -> zone.shownName().equals(name))) {
        named.add(name);
      } else {
        fault(unknownZone(entry, name));
      }
    }
    return settings.zones().stream().filter(zone -> named.contains(zone.shownName())).toList();
  }

  private String unknownZone(String entry, String name) {
    Optional<Zone> withKey =
        settings.zones().stream().filter(zone -> !zone.withoutKey(name).equals(name)).findFirst();
    return withKey
        .map(zone ->
            "%s: contains the key of a zone; refer to that zone as %s"
                .formatted(ZONES, zone.shownName()))
        .orElseGet(() ->
            "%s: '%s' is not in DNSBL_ZONES (use the name shown in the log, without filter and weight); did you mean %s?"
                .formatted(
                    ZONES,
                    echo(entry),
                    Spelling.nearest(
                        name, settings.zones().stream().map(Zone::shownName).toList())));
  }

  private SortedSet<Ipv4Address> addresses(String text) {
    SortedSet<Ipv4Address> addresses = new TreeSet<>();
    for (String entry : entries(IPS, text)) {
      Ipv4Address.parse(entry)
          .ifPresentOrElse(
              addresses::add,
              () ->
                  fault(
                      "%s: '%s' is not an IPv4 address such as 192.0.2.1"
                          .formatted(IPS, echo(entry))));
    }
    if (addresses.size() > MAX_ADDRESSES) {
      fault(
          "%s: %d addresses are too many; the maximum is %d. Omit it to check all"
              .formatted(IPS, addresses.size(), MAX_ADDRESSES));
    }
    return addresses;
  }

  private List<String> entries(String name, String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      entries.add(entry.strip());
    }
    if (entries.removeIf(String::isEmpty)) {
      fault(name + ": an entry is empty (two commas in a row, or a comma at the start or end)");
    }
    return entries;
  }

  /** Not stripped, since the batch runtime does not accept blanks. */
  private void checkItemCount(String text) {
    if (Variables.integerIn(text, 1, MAX_CHUNK).isEmpty()) {
      fault("%s: '%s' is not a whole number in 1..%d".formatted(ITEM_COUNT, echo(text), MAX_CHUNK));
    }
  }

  private void fault(String text) {
    faults.add("job parameter " + text);
  }

  /** The user's text, without anything that is or could be a zone's key. */
  private String echo(String typed) {
    String shown = typed;
    for (Zone zone : settings.zones()) {
      shown = zone.withoutKey(shown);
    }
    shown = ZoneList.masked(shown);
    return shown.length() <= MAX_ECHO_LENGTH ? shown : shown.substring(0, MAX_ECHO_LENGTH) + "...";
  }
}
