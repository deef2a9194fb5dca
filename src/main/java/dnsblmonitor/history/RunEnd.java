package dnsblmonitor.history;

import java.time.Instant;
import java.util.Optional;

/**
 * The end of a run.
 *
 * @param exitCode the exit code of {@code dnsbl-monitor run} in this case (R4)
 * @param message why it failed or was skipped; empty on success
 */
public record RunEnd(Instant at, int exitCode, Optional<String> message) {

  /** Whether it did nothing because another run was in progress. */
  public boolean isSkipped() {
    return exitCode == 0 && message.isPresent();
  }
}
