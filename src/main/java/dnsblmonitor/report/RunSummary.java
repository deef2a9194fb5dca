package dnsblmonitor.report;

import dnsblmonitor.domain.RunTotals;
import java.time.Duration;
import java.util.Optional;

/**
 * The last line of a run.
 *
 * @param keptAnswers how many listings rest on the last known answer of a zone that is silent (R17)
 *     or was left out (R29a)
 * @param remark what else people should know, e.g. that Jira was not asked
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
