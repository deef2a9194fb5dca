package dnsblmonitor.config;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.HistorySettings;
import dnsblmonitor.jira.JiraSettings;
import dnsblmonitor.metrics.MetricsSettings;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.report.LogLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The validated settings of a run.
 *
 * @param zoneProbe whether zones are probed before the addresses are looked up (R14)
 * @param listedThreshold the score from which an address is listed, 1-1000 (R15)
 * @param massListingLimit percent of a chunk's clean rows that one zone may newly list, 1-100
 *     (R14a)
 * @param exceptions the listings that do not count (R20b)
 * @param malfunctionThreshold percent of failed zones above which the alert is raised, 1-100 (R28)
 * @param tickets whether tickets are filed (R28a)
 * @param jira empty without tickets, and in a dry run without Jira
 * @param history where runs are recorded (R36); empty: nowhere
 * @param metrics where the metrics of a run go (R38); empty: nowhere
 * @param notifications what is sent where (R39); empty: nothing
 * @param deployment the name of this deployment in ticket labels
 * @param dnsFailureLogLimit {@code dns_failure} events per zone, 0 = all
 * @param warnings oddities that are not faults, for the log
 */
public record Settings(
    DatabaseSettings database,
    List<Zone> zones,
    DnsSettings dns,
    boolean zoneProbe,
    int listedThreshold,
    TransitionRules transitions,
    int massListingLimit,
    Exceptions exceptions,
    int malfunctionThreshold,
    boolean tickets,
    Optional<JiraSettings> jira,
    Optional<HistorySettings> history,
    Optional<MetricsSettings> metrics,
    Optional<NotifySettings> notifications,
    String deployment,
    Duration runDeadline,
    boolean dryRun,
    LogLevel logLevel,
    int dnsFailureLogLimit,
    List<String> warnings) {

  public Settings {
    zones = List.copyOf(zones);
    warnings = List.copyOf(warnings);
  }

  /** The secrets, which must not be shown: passwords, tokens, webhooks, zone keys (R32). */
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(database.password());
    jira.ifPresent(it -> {
      secrets.add(it.apiToken());
      it.user().map(it.apiToken()::basicCredential).ifPresent(secrets::add);
    });
    history.map(it -> it.database().password()).ifPresent(secrets::add);
    metrics.map(MetricsSettings::secrets).ifPresent(secrets::addAll);
    notifications.map(NotifySettings::secrets).ifPresent(secrets::addAll);
    zones.forEach(zone -> zone.key().ifPresent(secrets::add));
    return secrets;
  }
}
