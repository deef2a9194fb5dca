package dnsblmonitor.config;

import dnsblmonitor.batch.RunFactory;
import dnsblmonitor.batch.RunParts;
import dnsblmonitor.batch.RunRequest;
import dnsblmonitor.batch.RunTargets;
import dnsblmonitor.config.RunParametersReader.RunParameters;
import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.history.HistoryWriter;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.jira.DryRunTicketDesk;
import dnsblmonitor.jira.JiraEvents;
import dnsblmonitor.jira.JiraTicketDesk;
import dnsblmonitor.metrics.MetricsTargets;
import dnsblmonitor.metrics.RunMetrics;
import dnsblmonitor.notify.Notifications;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.JtaTransactions;
import dnsblmonitor.postal.PostalPersistence;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.LogLevel;
import dnsblmonitor.report.RunLines;
import dnsblmonitor.report.RunLog;
import dnsblmonitor.report.Version;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Wires the object graph of a run in the container. */
@ApplicationScoped
public class Wiring {

  private final OneDatabase database = new OneDatabase();
  private final AtomicBoolean handedOverIsTaken = new AtomicBoolean();
  private final RunMetrics metrics = new RunMetrics();

  /** The server's environment. */
  @Produces
  Environment environment(Config config) {
    return new Environment(config);
  }

  /** The metrics of the runs of {@code serve}. */
  @Produces
  @Singleton
  RunMetrics metrics() {
    return metrics;
  }

  /** The factory of runs; each run has its own engine, log and ticket desk. */
  @Produces
  RunFactory runFactory(Environment environment, Provider<JtaTransactions> transactions) {
    return request -> open(environment, request, transactions);
  }

  /**
   * Creates Hibernate's part lazily: the factory is injected into the job's listener, and if a
   * listener cannot be created, Liberty never reports the end of the job.
   */
  private RunFactory.Opening open(
      Environment environment, RunRequest request, Provider<JtaTransactions> transactions) {
    Clock clock = Environment.runClock();
    RunIdentity identity = identity(environment, clock);
    Optional<Settings> valid = Optional.empty();
    try {
      Settings settings = environment.settings();
      valid = Optional.of(settings);
      database.require(settings.database());
      RunParameters parameters = RunParametersReader.read(request, settings);
      return new RunFactory.Opened(
          parts(environment, identity, clock, settings, parameters, transactions.get()));
    } catch (ConfigurationException e) {
      return refused(
          environment,
          identity,
          clock,
          new FatalError(ErrorType.CONFIGURATION_ERROR, String.join("; ", e.faults())),
          valid);
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      return refused(environment, identity, clock, FatalError.internal(e), valid);
    }
  }

  /** A run that cannot start also logs a final event (R4), and is recorded if possible (R36). */
  private RunFactory.Opening refused(
      Environment environment,
      RunIdentity identity,
      Clock clock,
      FatalError error,
      Optional<Settings> settings) {
    Redaction redaction = settings.map(it -> new Redaction(it.secrets())).orElse(Redaction.NONE);
    return new RunFactory.Refused(
        identity.id(),
        clock.instant(),
        new RunLog(lines(environment), clock, identity.id(), LogLevel.INFO, false, 0, redaction),
        error,
        settings.filter(Settings::dryRun).isPresent(),
        environment.isServing(),
        settings.map(it -> targets(environment, it, redaction)).orElse(RunTargets.NONE),
        RunScope.all(settings.map(Settings::zones).orElse(List.of())));
  }

  private RunTargets targets(Environment environment, Settings settings, Redaction redaction) {
    Set<RowChange.Type> announced =
        settings.notifications().map(NotifySettings::changes).orElse(Set.of());
    return new RunTargets(
        settings.history().map(history -> new HistoryWriter(history, redaction, announced)),
        settings.metrics().map(metrics -> new MetricsTargets(metrics, Version.current())),
        settings.notifications().map(it -> new Notifications(it, redaction)),
        environment.isServing()
            ? Optional.of(run -> metrics.add(run, settings.deployment(), Version.current()))
            : Optional.empty());
  }

  /** The launcher identifies only the first run of this process. */
  private RunIdentity identity(Environment environment, Clock clock) {
    Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    return RunIdentity.handedOver(environment, clock, uptime)
        .filter(_ -> handedOverIsTaken.compareAndSet(false, true))
        .orElseGet(() -> RunIdentity.begun(clock));
  }

  /** One instance for all runs of the application. */
  @Produces
  @Singleton
  PostalPersistence persistence(Environment environment) {
    return new PostalPersistence(database.require(environment.settings().database()));
  }

  void close(@Disposes PostalPersistence persistence) {
    persistence.close();
  }

  /** The destination of log lines: in {@code serve} also the job logs. */
  private static Consumer<String> lines(Environment environment) {
    return environment.isServing() ? RunLines.toOutputAndJobLog() : RunLines.toOutput();
  }

  private RunParts parts(
      Environment environment,
      RunIdentity identity,
      Clock clock,
      Settings settings,
      RunParameters parameters,
      JtaTransactions transactions) {
    Redaction redaction = new Redaction(settings.secrets());
    RunLog log =
        new RunLog(
            lines(environment),
            clock,
            identity.id(),
            settings.logLevel(),
            parameters.dryRun(),
            settings.dnsFailureLogLimit(),
            redaction);
    TicketDesk desk = ticketDesk(settings, parameters, clock, log);
    IpAddressTable table =
        IpAddressTable.in(transactions, settings.database(), clock, settings.dns().ipv6());
    DnsblLookups lookups = new DnsblLookups(settings.dns()); // last, since it starts a thread
    return new RunParts(
        identity.id(),
        log,
        clock,
        identity.startedAt(),
        parameters.dryRun(),
        parameters.scope(),
        settings.dns().timeout(),
        settings.zoneProbe(),
        settings.listedThreshold(),
        settings.transitions(),
        settings.massListingLimit(),
        settings.exceptions(),
        settings.malfunctionThreshold(),
        lookups,
        settings.database(),
        table,
        desk,
        new TicketLabels(settings.deployment()),
        settings.tickets(),
        settings.runDeadline(),
        settings.dns().ratePerZone(),
        remark(settings, parameters),
        environment.isServing(),
        targets(environment, settings, redaction));
  }

  private static Optional<String> remark(Settings settings, RunParameters parameters) {
    Optional<String> withoutJira =
        settings.jira().isPresent()
            ? Optional.empty()
            : Optional.of(
                settings.tickets()
                    ? "Jira is not configured: the dry run assumed that no tickets exist"
                    : "TICKETS=none: no tickets are filed");
    return Stream.of(parameters.scope().remark(), withoutJira)
        .flatMap(Optional::stream)
        .reduce((a, b) -> a + "; " + b);
  }

  /** In a dry run, a desk that writes nothing; without Jira, one that finds nothing (R3). */
  private static TicketDesk ticketDesk(
      Settings settings, RunParameters parameters, Clock clock, RunLog log) {
    if (settings.jira().isEmpty()) {
      return DryRunTicketDesk.withoutJira();
    }
    JiraTicketDesk desk =
        new JiraTicketDesk(settings.jira().get(), log::linesSoFar, new JiraToLog(log), clock);
    return parameters.dryRun() ? DryRunTicketDesk.searching(desk) : desk;
  }

  /** Logs the events of the {@code jira} package. */
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
