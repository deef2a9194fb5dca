package dnsblmonitor.history;

import java.time.Instant;
import java.util.Optional;

/**
 * The end of a run.
 *
 * @param exitCode the exit code of {@code dnsbl-monitor run} in this case (R4)
 * @param message why it failed or was skipped; empty on success
 * @param errorType the {@code error_type} of its final event, if it failed and this is known
 */
public record RunEnd(
    Instant at, int exitCode, Optional<String> message, Optional<String> errorType) {

  private static final int TERMINATED = 143;

  /** Without the type of an error. */
  public RunEnd(Instant at, int exitCode, Optional<String> message) {
    this(at, exitCode, message, Optional.empty());
  }

  /** How a run ended. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    /** On request, before it had finished. */
    STOPPED,
    /** It did nothing because another run was in progress. */
    SKIPPED
  }

  public Outcome outcome() {
    return switch (exitCode) {
      case 0 -> message.isPresent() ? Outcome.SKIPPED : Outcome.SUCCEEDED;
      case TERMINATED -> Outcome.STOPPED;
      default -> Outcome.FAILED;
    };
  }

  /** Whether it did nothing because another run was in progress. */
  public boolean isSkipped() {
    return outcome() == Outcome.SKIPPED;
  }
}
