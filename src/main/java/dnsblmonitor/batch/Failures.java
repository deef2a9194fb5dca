package dnsblmonitor.batch;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Maps exceptions to the error types of the log. */
public final class Failures {

  private Failures() {}

  /** The error of the first known cause; the batch runtime wraps a chunk's exceptions. */
  public static FatalError fatal(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> named(cause).stream())
        .findFirst()
        .orElseGet(() -> FatalError.internal(failure));
  }

  /** Whether the step ends only because its run has already failed or been stopped. */
  static boolean isConsequence(Throwable failure) {
    return causes(failure).anyMatch(RunFailedException.class::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** Adds to Jira's messages that the rows were updated, and what the next run does. */
  private static String advice(TicketDeskException desk) {
    return switch (desk.fault()) {
      case AUTHENTICATION_FAILED, CONFIGURATION_ERROR ->
          "; the rows were updated, tickets were not";
      case TICKET_REFUSED -> "; the next run tries again";
      case UNREACHABLE, OUTCOME_UNKNOWN -> "; the next run continues";
    };
  }

  private static Optional<FatalError> named(Throwable failure) {
    return switch (failure) {
      case DatabaseException database ->
          Optional.of(
              new FatalError(
                  switch (database.fault()) {
                    case UNREACHABLE -> ErrorType.DATABASE_UNREACHABLE;
                    case SCHEMA -> ErrorType.DATABASE_SCHEMA_ERROR;
                  },
                  database.getMessage()));
      case TicketDeskException desk ->
          Optional.of(
              new FatalError(
                  switch (desk.fault()) {
                    case AUTHENTICATION_FAILED -> ErrorType.JIRA_AUTHENTICATION_FAILURE;
                    case CONFIGURATION_ERROR, TICKET_REFUSED -> ErrorType.JIRA_CONFIGURATION_ERROR;
                    case UNREACHABLE, OUTCOME_UNKNOWN -> ErrorType.JIRA_UNREACHABLE;
                  },
                  desk.getMessage() + advice(desk)));
      default -> Optional.empty();
    };
  }
}
