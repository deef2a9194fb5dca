package dnsblmonitor.batch;

/** Why a run is stopped before it is done. */
public enum StopReason {
  /** SIGTERM, or a stop through the batch API: exit code 143. */
  REQUESTED,
  /** {@code RUN_DEADLINE} has passed. */
  DEADLINE,
  /** The run lock's session is gone (R5). */
  LOCK_LOST,
  /** Neither a deadline nor a stop would be noticed any more; the run's failure says why. */
  WATCH_FAILED
}
