package dnsblmonitor.jira;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/**
 * A 5xx: an exception, because the circuit breaker counts only these (MicroProfile Fault Tolerance
 * 4.1, "Circuit Breaker Usage").
 */
final class FailingJira extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Reply reply;

  FailingJira(Reply reply) {
    super("HTTP " + reply.status());
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }

  /** Makes one of each 5xx. */
  static final class Mapper implements ResponseExceptionMapper<FailingJira> {

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
      return status / 100 == 5;
    }

    @Override
    public FailingJira toThrowable(Response response) {
      return new FailingJira(Reply.read(response));
    }
  }
}
