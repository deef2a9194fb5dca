package dnsblmonitor.batch;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.RunNumbers;
import dnsblmonitor.jira.DryRunTicketDesk;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.report.LogLevel;
import dnsblmonitor.report.RunLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs that ask nobody: no table, no Jira, a resolver that is not there. */
final class TestRuns implements AutoCloseable {

  /** When they start. */
  static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  private final Clock clock;
  private final List<String> lines = new ArrayList<>();
  private final DnsblLookups lookups =
      new DnsblLookups(
          new DnsSettings(
              List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
              Duration.ofSeconds(1),
              1,
              0,
              false));

  TestRuns(Clock clock) {
    this.clock = clock;
  }

  /** What they said. */
  List<String> lines() {
    return lines;
  }

  Run run() {
    return run(1);
  }

  Run run(long execution) {
    return run(execution, false, RunScope.all(ZoneList.parse("zen.example")));
  }

  @SuppressWarnings("NullAway") // no table: nothing here touches it
  Run run(long execution, boolean dryRun, RunScope scope) {
    String runId = "6f1e9c9e-7a43-4a0e-8e4f-0b5d3d3f7b11";
    return new Run(
        new RunNumbers(execution, execution),
        new RunParts(
            runId,
            new RunLog(lines::add, clock, runId, LogLevel.INFO, dryRun, 0, Redaction.NONE),
            clock,
            NOW,
            dryRun,
            scope,
            Duration.ofSeconds(1),
            true,
            1,
            new TransitionRules(0, 50, Duration.ZERO),
            50,
            Exceptions.NONE,
            50,
            lookups,
            new DatabaseSettings(
                DatabaseKind.POSTGRESQL,
                "jdbc:postgresql://127.0.0.1:1/x",
                "u",
                new Secret("p"),
                "postal"),
            null,
            DryRunTicketDesk.withoutJira(),
            new TicketLabels("postal"),
            true,
            Duration.ofMinutes(14),
            0,
            scope.remark(),
            true,
            RunTargets.NONE));
  }

  @Override
  public void close() {
    lookups.close();
  }
}
