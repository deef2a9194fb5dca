package dnsblmonitor.batch;

import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.report.RunLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one run works with, made anew for each run.
 *
 * @param zoneProbe whether zones are probed before the addresses are looked up (R14)
 * @param listedThreshold the score from which an address is listed
 * @param malfunctionThreshold percent of failed zones above which the alert is raised
 * @param startedAt when the process started, or the run in a server that stays
 * @param deadline after which another run that holds the lock is overdue
 * @param remark for the summary, e.g. that Jira is not asked
 */
public record RunParts(
    String runId,
    RunLog log,
    Clock clock,
    Instant startedAt,
    boolean dryRun,
    List<Zone> zones,
    Duration dnsTimeout,
    boolean zoneProbe,
    int listedThreshold,
    TransitionRules rules,
    int malfunctionThreshold,
    DnsblLookups lookups,
    DatabaseSettings database,
    IpAddressTable table,
    TicketDesk desk,
    TicketLabels labels,
    Duration deadline,
    Optional<String> remark) {}
