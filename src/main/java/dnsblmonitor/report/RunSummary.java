package dnsblmonitor.report;

import dnsblmonitor.domain.RunTotals;
import java.time.Duration;
import java.util.Optional;

/**
 * The figures of a run's summary.
 *
 * @param keptAnswers listings based on the last known answer of a zone that is unresponsive (R17)
 *     or was not queried (R29a)
 * @param remark further information, e.g. that Jira was not searched
 */
public record RunSummary(
    RunTotals totals,
    int poolsExhausted,
    int jiraCreated,
    int jiraUpdated,
    long keptAnswers,
    Duration took,
    Optional<String> suggestedZones,
    Optional<String> remark,
    int exitCode) {}
