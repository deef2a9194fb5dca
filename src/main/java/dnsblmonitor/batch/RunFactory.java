package dnsblmonitor.batch;

import dnsblmonitor.domain.RunScope;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import java.time.Instant;

/** Creates the parts of a run from the configuration and the job parameters. */
@FunctionalInterface
public interface RunFactory {

  Opening open(RunRequest request);

  /** The result of opening a run. */
  sealed interface Opening {}

  /** The run can start. */
  record Opened(RunParts parts) implements Opening {}

  /**
   * The job parameters or the configuration are invalid.
   *
   * @param log for reporting it
   * @param dryRun as configured
   * @param serving whether this is the server of {@code serve}
   * @param targets what receives it; none if the configuration is invalid
   * @param scope that of a run without parameters
   */
  record Refused(
      String runId,
      Instant at,
      RunLog log,
      FatalError error,
      boolean dryRun,
      boolean serving,
      RunTargets targets,
      RunScope scope)
      implements Opening {}
}
