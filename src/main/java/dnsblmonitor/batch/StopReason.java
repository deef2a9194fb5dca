package dnsblmonitor.batch;

/** Why a run is stopped early. */
public enum StopReason {
  /** SIGTERM, or a stop through the batch API: exit code 143. */
  REQUESTED,
  /** {@code RUN_DEADLINE} has passed. */
  DEADLINE,
  /** The session of the run lock was lost (R5). */
  LOCK_LOST,
  /** Deadlines and stops would no longer be noticed; see the run's failure for the cause. */
  WATCH_FAILED
}
