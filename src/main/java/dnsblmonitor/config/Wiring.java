package dnsblmonitor.config;

import dnsblmonitor.batch.RunFactory;
import dnsblmonitor.batch.RunParts;
import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.jira.DryRunTicketDesk;
import dnsblmonitor.jira.JiraEvents;
import dnsblmonitor.jira.JiraTicketDesk;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.JtaTransactions;
import dnsblmonitor.postal.PostalPersistence;
import dnsblmonitor.report.RunLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/** The object graph, on one page: what a run in the container works with. */
@ApplicationScoped
public class Wiring {

  /** A factory of runs; each run has its own engine, log and ticket desk. */
  @Produces
  RunFactory runFactory(Config config, JtaTransactions transactions) {
    Environment environment = new Environment(config);
    return () -> parts(environment, environment.settings(), transactions);
  }

  /** One for the application, whatever the number of runs. */
  @Produces
  @Singleton
  PostalPersistence persistence(Config config) {
    return new PostalPersistence(new Environment(config).settings().database());
  }

  void close(@Disposes PostalPersistence persistence) {
    persistence.close();
  }

  private static RunParts parts(
      Environment environment, Settings settings, JtaTransactions transactions) {
    Clock clock = Clock.systemUTC();
    String runId =
        environment.text(ServerEnvironment.RUN_ID).orElseGet(() -> "" + UUID.randomUUID());
    Instant startedAt =
        environment
            .text(ServerEnvironment.STARTED_AT)
            .map(Instant::parse)
            .orElseGet(clock::instant);
    RunLog log =
        new RunLog(
            System.out::println,
            clock,
            runId,
            settings.logLevel(),
            settings.dryRun(),
            settings.dnsFailureLogLimit());
    TicketDesk desk = ticketDesk(settings, clock, log);
    IpAddressTable table =
        IpAddressTable.in(transactions, settings.database(), clock, settings.dns().ipv6());
    DnsblLookups lookups = new DnsblLookups(settings.dns()); // last: it has a thread
    return new RunParts(
        runId,
        log,
        clock,
        startedAt,
        settings.dryRun(),
        settings.zones(),
        settings.dns().timeout(),
        settings.zoneProbe(),
        settings.listedThreshold(),
        settings.transitions(),
        settings.malfunctionThreshold(),
        lookups,
        settings.database(),
        table,
        desk,
        new TicketLabels(settings.deployment()),
        settings.runDeadline(),
        settings.jira().isPresent()
            ? Optional.empty()
            : Optional.of("Jira is not configured: tickets were decided as if it were empty"));
  }

  /** In a dry run one that writes nothing; without Jira one that finds nothing (R3). */
  private static TicketDesk ticketDesk(Settings settings, Clock clock, RunLog log) {
    if (settings.jira().isEmpty()) {
      return DryRunTicketDesk.withoutJira();
    }
    JiraTicketDesk desk =
        new JiraTicketDesk(settings.jira().get(), log::linesSoFar, new JiraToLog(log), clock);
    return settings.dryRun() ? DryRunTicketDesk.searching(desk) : desk;
  }

  /** What Jira's room wants told, as events of the run. */
  private record JiraToLog(RunLog log) implements JiraEvents {
    @Override
    public void retrying(int attempt, Duration wait, String cause) {
      log.jiraRetry(attempt, wait, cause);
    }

    @Override
    public void warning(String message) {
      log.warning(message);
    }
  }
}
