package dnsblmonitor.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ticket desk failed; the message contains the reason, without secrets, and what to do. */
public final class TicketDeskException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The kind of failure, which decides whether other tickets are still tried. */
  public enum Fault {
    /** The credentials were rejected: nothing else can work (R27). */
    AUTHENTICATION_FAILED,
    /** The project or an issue type does not exist: nothing else can work (R27). */
    CONFIGURATION_ERROR,
    /** No answer after the retries, or the wait budget is used up: nothing else is tried (R26). */
    UNREACHABLE,
    /** This ticket was refused; others may succeed (R27). */
    TICKET_REFUSED,
    /** This ticket may or may not have been filed; the next run decides (R26). */
    OUTCOME_UNKNOWN
  }

  private final Fault fault;

  public TicketDeskException(Fault fault, String message) {
    this(fault, message, null);
  }

  public TicketDeskException(Fault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /** Whether other tickets may still succeed. */
  public boolean concernsOneTicket() {
    return fault == Fault.TICKET_REFUSED || fault == Fault.OUTCOME_UNKNOWN;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
