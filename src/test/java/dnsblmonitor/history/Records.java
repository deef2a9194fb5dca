package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunReport;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.history.RunRecord.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the record of a run from the answers that it got. Reusable. */
public final class Records {

  private static final TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);

  private final Instant started;
  private RunScope scope;
  private final RunAnswers answers = new RunAnswers();
  private RunReport report;
  private final List<RowChange> changes = new ArrayList<>();
  private final Map<Ipv4Address, Ticket> tickets = new HashMap<>();
  private String runId;
  private StartedBy startedBy = StartedBy.COMMAND;
  private boolean dryRun;
  private Duration took = Duration.ofSeconds(2);
  private boolean complete = true;
  private Optional<String> remark = Optional.empty();
  private int exitCode;
  private Optional<String> message = Optional.empty();
  private Optional<String> errorType = Optional.empty();
  private final Map<Condition.Kind, List<Condition>> conditions =
      new EnumMap<>(Condition.Kind.class);
  private long notChecked;
  private boolean listedIsKnown = true;
  private int exceptions;
  private int ticketsCreated;
  private int ticketsUpdated;

  private Records(Instant started, RunScope scope) {
    this.started = started;
    this.scope = scope;
    this.report = new RunReport(scope.zones(), RULES);
    this.runId = "run-" + started;
  }

  /** A complete run of all of these zones that took two seconds. */
  public static Records at(String started, String zones) {
    return at(Instant.parse(started), ZoneList.parse(zones));
  }

  public static Records at(Instant started, List<Zone> zones) {
    return new Records(started, RunScope.all(zones));
  }

  public Records dry() {
    dryRun = true;
    return this;
  }

  public Records incomplete() {
    complete = false;
    return this;
  }

  public Records startedBy(StartedBy by) {
    startedBy = by;
    return this;
  }

  /** Two seconds unless said otherwise. */
  public Records took(Duration time) {
    took = time;
    return this;
  }

  public Records remark(String text) {
    remark = Optional.of(text);
    return this;
  }

  public Records id(String id) {
    runId = id;
    return this;
  }

  /** Only some of the zones; before any address. */
  public Records only(Set<String> zones) {
    scope =
        new RunScope(
            scope.configured(),
            scope.configured().stream().filter(zone -> zones.contains(zone.shownName())).toList(),
            scope.addresses());
    report = new RunReport(scope.zones(), RULES);
    complete = complete && !scope.isPart();
    return this;
  }

  /** Only these addresses. */
  public Records about(Set<Ipv4Address> addresses) {
    scope = new RunScope(scope.configured(), scope.zones(), Optional.of(new TreeSet<>(addresses)));
    complete = false;
    return this;
  }

  public Records ended(int code, String why) {
    exitCode = code;
    message = Optional.of(why);
    return this;
  }

  public Records failed(String type, String why) {
    errorType = Optional.of(type);
    return ended(1, why);
  }

  /** Ends before the listed rows are read: stopped, or the database is down. */
  public Records early() {
    listedIsKnown = false;
    return incomplete();
  }

  /** Rows that are left for the next run. */
  public Records left(long rows) {
    notChecked = rows;
    return this;
  }

  /** A row whose ipv4 is not an address. */
  public Records invalid() {
    report.addInvalid();
    return this;
  }

  /** Entries of {@code EXCEPTIONS} in force. */
  public Records exceptions(int entries) {
    exceptions = entries;
    return this;
  }

  /** The numbers of tickets that it wrote. */
  public Records wrote(int created, int updated) {
    ticketsCreated = created;
    ticketsUpdated = updated;
    return this;
  }

  /** The conditions of one kind; none: the run has seen that there is none. */
  public Records conditions(Condition.Kind kind, Condition... found) {
    conditions.put(kind, List.of(found));
    return this;
  }

  public Records ticket(String address, String key) {
    tickets.put(
        Ipv4Address.of(address),
        new Ticket(
            key, Optional.of(java.net.URI.create("https://jira.example.com/browse/" + key))));
    return this;
  }

  /**
   * A row whose zones answered so.
   *
   * @param words L, N or U for each zone of the run
   */
  public Records row(String address, String words) {
    return row(address, words, "blocked, see https://list.example.com/", Set.of(), Set.of());
  }

  /**
   * The same of a row of {@code table}, which then has its new values; a new one has priority 80.
   */
  public Records row(Map<String, RowValues> table, String address, String words) {
    RowValues before =
        Objects.requireNonNullElse(table.get(address), new RowValues(80, null, null, null));
    Checked checked =
        add(address, before, words, "sent to a spam trap (made up)", Set.of(), Set.of());
    table.put(address, checked.current());
    return this;
  }

  /**
   * The same with zones whose answers do not count.
   *
   * @param heldBack because they list too much
   * @param excepted because of an exception
   */
  public Records row(
      String address, String words, String reason, Set<String> heldBack, Set<String> excepted) {
    add(address, new RowValues(80, null, null, null), words, reason, heldBack, excepted);
    return this;
  }

  private Checked add(
      String address,
      RowValues before,
      String words,
      String reason,
      Set<String> heldBack,
      Set<String> excepted) {
    Ipv4Address ip = Ipv4Address.of(address);
    MonitoredIp row =
        new MonitoredIp(
            ip.octet(3), ip, Optional.empty(), Optional.of(1L), Optional.empty(), before);
    List<ZoneAnswer> given = new ArrayList<>();
    for (int i = 0; i < words.length(); i++) {
      Zone zone = scope.zones().get(i);
      given.add(
          new ZoneAnswer(
              zone,
              ip,
              new Answered(result(zone, words.charAt(i), reason), Duration.ofMillis(30))));
    }
    IpCheck plain = IpCheck.of(row, given, scope.leftOut(), 1, true);
    IpCheck check =
        new IpCheck(
            plain.ip(), plain.answers(), plain.verdict().excepting(excepted).holdingBack(heldBack));
    Checked checked = new Checked(check, outcome(row, check));
    report.add(checked);
    answers.add(checked);
    if (checked.isChanged()) {
      changes.add(RowChange.of(checked));
    }
    return checked;
  }

  private static RowOutcome outcome(MonitoredIp row, IpCheck check) {
    RowValues after = row.values().after(RULES.decide(row.state(), check.verdict()));
    return after.equals(row.values())
        ? new RowOutcome.Unchanged(row.values())
        : new RowOutcome.Updated(row.values(), after);
  }

  private static LookupResult result(Zone zone, char word, String reason) {
    return switch (word) {
      case 'L' ->
          new Listed(
              new TreeSet<>(Set.of(Ipv4Address.of("127.0.0.2"))),
              weight(zone),
              Optional.of(reason).filter(text -> !text.isEmpty()));
      case 'N' -> new NotListed();
      case 'U' -> new Unknown(UnknownReason.TIMEOUT, "no answer within 5.0 s");
      default -> throw new IllegalArgumentException(String.valueOf(word));
    };
  }

  /** The names of test zones say their weight. */
  private static int weight(Zone zone) {
    if (zone.shownName().startsWith("watch")) {
      return 0;
    }
    return zone.shownName().startsWith("allow") ? -1 : 1;
  }

  public RunRecord record() {
    return new RunRecord(
        runId,
        started,
        startedBy,
        dryRun,
        complete,
        new RunEnd(started.plus(took), exitCode, message, errorType),
        remark.or(scope::remark),
        scope,
        report.totals(),
        ticketsCreated,
        ticketsUpdated,
        report.totals().lookups() > 0 ? report.health(Map.of()) : List.of(),
        changes,
        answers,
        tickets,
        findings(),
        Map.of(Phase.PREPARE, Duration.ofMillis(200), Phase.LOOKUPS, took.minusMillis(200)));
  }

  private RunFindings findings() {
    SortedMap<Ipv4Address, SortedSet<String>> listed = new TreeMap<>();
    report.listedOrChanged().stream()
        .filter(Checked::isListed)
        .forEach(row -> listed.put(row.address(), row.current().state().listingZones()));
    return new RunFindings(
        listedIsKnown ? Optional.of(listed) : Optional.empty(), conditions, notChecked, exceptions);
  }
}
