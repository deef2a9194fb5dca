package dnsblmonitor.ops;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.history.HistoryCheck;
import dnsblmonitor.jira.JiraCheck;
import dnsblmonitor.postal.DatabaseCheck;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code dnsbl-monitor check}: checks everything a run needs, read-only, and prints a table of
 * results (R5b). Exit code 0 if no check failed, else 1.
 */
public final class Check {

  private static final int FAILED = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** One part of the check, with its name for progress messages. */
  private record Part(String waitedFor, Supplier<List<Finding>> findings) {}

  private Check() {}

  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    List<Finding> findings = findings(Environment.ofThisProcess());
    FindingTable.lines(findings).forEach(out::println);
    System.exit(findings.stream().anyMatch(Fails.class::isInstance) ? FAILED : 0);
  }

  /** With an invalid configuration, nothing else can be checked (R2). */
  private static List<Finding> findings(Environment environment) {
    try {
      return findings(environment.settings());
    } catch (ConfigurationException e) {
      return e.faults().stream().map(Check::configurationFault).toList();
    }
  }

  private static Finding configurationFault(String fault) {
    int colon = fault.indexOf(": ");
    return new Fails(fault.substring(0, colon), fault.substring(colon + 2));
  }

  private static List<Finding> findings(Settings settings) {
    List<Finding> findings = new ArrayList<>(configuration(settings));
    Waiting waiting = new Waiting(PATIENCE, System.err::println);
    parts(settings)
        .forEach(part -> findings.addAll(waiting.during(part.waitedFor(), part.findings())));
    return findings;
  }

  /** In the order in which a run needs them. */
  private static List<Part> parts(Settings settings) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part(
            "the database",
            () ->
                new DatabaseCheck(
                        settings.database(),
                        settings.zones(),
                        settings.dryRun(),
                        settings.dns().ipv6(),
                        new CheckingTime(settings.runDeadline(), settings.dns().ratePerZone()))
                    .findings()));
    parts.add(
        new Part(
            "the resolvers", () -> new ResolverCheck(settings.dns(), settings.zones()).findings()));
    parts.add(
        new Part("the zones", () -> new ZoneCheck(settings.dns(), settings.zones()).findings()));
    parts.add(new Part("Jira", () -> jira(settings)));
    settings
        .history()
        .map(history -> new Part("the history", () -> List.of(new HistoryCheck(history).finding())))
        .ifPresent(parts::add);
    parts.add(new Part("metrics and notifications", () -> TargetCheck.of(settings).findings()));
    return parts;
  }

  private static List<Finding> jira(Settings settings) {
    if (!settings.tickets()) {
      return List.of(new Holds("Jira", "TICKETS=none: no tickets are filed"));
    }
    return settings
        .jira()
        .map(jira -> new JiraCheck(jira, System.err::println, Environment.runClock()).findings())
        .orElseGet(() ->
            List.of(new Warns("Jira", "not configured: a dry run assumes that no tickets exist")));
  }

  private static List<Finding> configuration(Settings settings) {
    List<Finding> findings = new ArrayList<>();
    String dryRun = settings.dryRun() ? "; DRY_RUN is true: runs write nothing" : "";
    findings.add(
        new Holds(
            "configuration",
            "all variables are valid; zones: %d; an address is listed from a score of %d%s"
                .formatted(settings.zones().size(), settings.listedThreshold(), dryRun)));
    settings
        .exceptions()
        .expired(LocalDate.now(ZoneOffset.UTC))
        .forEach(entry ->
            findings.add(
                new Warns("EXCEPTIONS", entry + " has expired; remove it or give it a new date")));
    settings.warnings().forEach(warning -> findings.add(new Warns("configuration", warning)));
    return findings;
  }
}
