package dnsblmonitor.jira;

import jakarta.ws.rs.ProcessingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** What became of one request: what may be repeated without harm depends on it (R26). */
sealed interface Attempt {

  /** Jira, or something before it, answered. */
  record Answered(Reply reply) implements Attempt {}

  /** It never left: the connection was not made. */
  record NotSent(RuntimeException failure) implements Attempt {}

  /** It was sent, at least in part, and no answer came: Jira may have acted on it. */
  record Lost(RuntimeException failure) implements Attempt {}

  static Attempt failed(RuntimeException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectException
          || t instanceof UnknownHostException
          || t instanceof NoRouteToHostException
          || t instanceof SSLHandshakeException
          || t instanceof BulkheadException
          || t instanceof CircuitBreakerOpenException
          // Apache HttpClient's, which is no ConnectException
          || t.getClass().getSimpleName().equals("ConnectTimeoutException")) {
        return new NotSent(failure);
      }
    }
    return new Lost(failure);
  }

  /** Whether another try may help. */
  default boolean transientFailure() {
    return switch (this) {
      case Answered(Reply reply) -> reply.transientFailure();
      case NotSent _, Lost _ -> true;
    };
  }

  /** Whether Jira may have acted on it although it did not say so. */
  default boolean mayHaveArrived() {
    return switch (this) {
      case Answered(Reply reply) -> reply.leavesOutcomeOpen();
      case NotSent _ -> false;
      case Lost _ -> true;
    };
  }

  /** What the client threw, if it did. */
  default @Nullable RuntimeException thrown() {
    return switch (this) {
      case Answered _ -> null;
      case NotSent(var failure) -> failure;
      case Lost(var failure) -> failure;
    };
  }

  /** For people, without secrets: a client's exception names host and fault at most. */
  default String cause() {
    return switch (this) {
      case Answered(Reply reply) -> "HTTP " + reply.status();
      case NotSent(var failure) -> "no connection: " + root(failure);
      case Lost(var failure) -> "no answer: " + root(failure);
    };
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof ProcessingException && root.getMessage() != null
        ? root.getMessage()
        : root.getClass().getSimpleName()
            + (root.getMessage() == null ? "" : ": " + root.getMessage());
  }
}
