package dnsblmonitor.batch;

import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.report.RunLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The settings and services of one run, created anew for each run.
 *
 * @param scope the zones to query and the addresses to check (R29a)
 * @param zoneProbe whether zones are probed before the addresses are looked up (R14)
 * @param listedThreshold the score from which an address is listed
 * @param massListingLimit percent of a chunk's clean rows that one zone may newly list (R14a)
 * @param exceptions the listings that do not count (R20b)
 * @param malfunctionThreshold percent of failed zones above which the alert is raised
 * @param startedAt when the process started; in {@code serve}, when the run started
 * @param tickets whether tickets are searched and filed; if false, the desk is not used (R28a)
 * @param deadline after which the run is ended, and another run that holds the lock is overdue
 * @param zoneRate lookups a second in each zone, 0 = no limit
 * @param remark for the summary, e.g. that Jira or some zones are not queried
 * @param serving whether this is the server of {@code serve}, whose page shows the results
 * @param targets what receives the run at its end
 */
public record RunParts(
    String runId,
    RunLog log,
    Clock clock,
    Instant startedAt,
    boolean dryRun,
    RunScope scope,
    Duration dnsTimeout,
    boolean zoneProbe,
    int listedThreshold,
    TransitionRules rules,
    int massListingLimit,
    Exceptions exceptions,
    int malfunctionThreshold,
    DnsblLookups lookups,
    DatabaseSettings database,
    IpAddressTable table,
    TicketDesk desk,
    TicketLabels labels,
    boolean tickets,
    Duration deadline,
    int zoneRate,
    Optional<String> remark,
    boolean serving,
    RunTargets targets) {

  /** The UTC day on which the run started. */
  LocalDate startDay() {
    return LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
  }
}
