package dnsblmonitor.domain;

import java.time.Instant;

/**
 * The state that an alert's ticket last reported.
 *
 * @param failing whether the zones failed, or had recovered
 * @param failureReportedAt when a failure was last reported
 * @param byComment whether a comment reported it rather than the description
 */
public record ReportedAlert(boolean failing, Instant failureReportedAt, boolean byComment) {}
