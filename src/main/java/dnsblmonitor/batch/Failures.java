package dnsblmonitor.batch;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;

/** Gives what was thrown its name in the log. */
final class Failures {

  private Failures() {}

  static FatalError fatal(Throwable failure) {
    return switch (failure) {
      case DatabaseException database ->
          new FatalError(
              switch (database.fault()) {
                case UNREACHABLE -> ErrorType.DATABASE_UNREACHABLE;
                case SCHEMA -> ErrorType.DATABASE_SCHEMA_ERROR;
              },
              database.getMessage());
      case TicketDeskException desk ->
          new FatalError(
              switch (desk.fault()) {
                case AUTHENTICATION_FAILED -> ErrorType.JIRA_AUTHENTICATION_FAILURE;
                case CONFIGURATION_ERROR, TICKET_REFUSED -> ErrorType.JIRA_CONFIGURATION_ERROR;
                case UNREACHABLE, OUTCOME_UNKNOWN -> ErrorType.JIRA_UNREACHABLE;
              },
              desk.getMessage());
      default -> FatalError.internal(failure);
    };
  }
}
