package dnsblmonitor.batch;

import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import java.time.Instant;

/** Makes the parts of a run, from the configuration and what the job execution was asked for. */
@FunctionalInterface
public interface RunFactory {

  Opening open(RunRequest request);

  /** What comes of opening a run. */
  sealed interface Opening {}

  /** It can begin. */
  record Opened(RunParts parts) implements Opening {}

  /**
   * What it was asked for, or the configuration, cannot be used.
   *
   * @param log where that is to be reported
   */
  record Refused(String runId, Instant at, RunLog log, FatalError error) implements Opening {}
}
