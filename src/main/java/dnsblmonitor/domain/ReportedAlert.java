package dnsblmonitor.domain;

import java.time.Instant;

/**
 * What an alert's ticket reported last.
 *
 * @param failing whether the zones failed then, or were back
 * @param failureReportedAt when a failure was last reported
 * @param byComment whether a comment reported it, not the description
 */
public record ReportedAlert(boolean failing, Instant failureReportedAt, boolean byComment) {}
