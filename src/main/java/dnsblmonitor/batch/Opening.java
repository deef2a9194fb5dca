package dnsblmonitor.batch;

import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import java.time.Instant;

/** What comes of opening a run. */
public sealed interface Opening {

  /** It can begin. */
  record Opened(RunParts parts) implements Opening {}

  /**
   * What it was asked for, or the configuration, cannot be used.
   *
   * @param log where that is to be said
   */
  record Refused(String runId, Instant at, RunLog log, FatalError error) implements Opening {}
}
