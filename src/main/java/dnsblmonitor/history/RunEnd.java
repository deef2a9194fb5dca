package dnsblmonitor.history;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param exitCode as {@code dnsbl-monitor run} would end with (R4)
 * @param message why it failed, or was skipped; empty where it did what it should
 */
public record RunEnd(Instant at, int exitCode, Optional<String> message) {

  /** It did nothing, since another run was under way. */
  public boolean isSkipped() {
    return exitCode == 0 && message.isPresent();
  }
}
