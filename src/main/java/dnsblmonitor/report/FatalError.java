package dnsblmonitor.report;

import java.util.Optional;

/**
 * Why a run failed: what, where, and what to do.
 *
 * @param cause only for an internal error, for its stack trace
 */
public record FatalError(ErrorType type, String message, Optional<Throwable> cause) {

  public FatalError(ErrorType type, String message) {
    this(type, message, Optional.empty());
  }

  /** An unexpected failure: a bug in this program. */
  public static FatalError internal(Throwable cause) {
    Throwable named = withMessage(cause);
    return new FatalError(
        ErrorType.INTERNAL_ERROR,
        "unexpected %s: %s. Please report this with the stack trace"
            .formatted(named.getClass().getSimpleName(), named.getMessage()),
        Optional.of(cause));
  }

  /** CDI, for example, wraps a failure without a message. */
  private static Throwable withMessage(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure.getMessage() == null && cause != null ? withMessage(cause) : failure;
  }
}
