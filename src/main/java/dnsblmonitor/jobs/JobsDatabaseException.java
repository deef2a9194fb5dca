package dnsblmonitor.jobs;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The job repository cannot be used as it is; the message says what is wrong and what to do. */
public final class JobsDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What kind of failure. */
  public enum Fault {
    /** No connection, or the login is refused. */
    UNREACHABLE,
    /** Tables are missing or of another shape, or a right on them. */
    SCHEMA
  }

  private final Fault fault;

  JobsDatabaseException(Fault fault, String message, @Nullable Throwable cause) {
    super("the job repository (SERVE_JOBS_DB_URL): " + message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
