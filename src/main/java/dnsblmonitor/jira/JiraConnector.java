package dnsblmonitor.jira;

import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/**
 * Makes the client of one Jira; the only place that sends the token.
 *
 * <p>A trap of RESTEasy's engine (Apache HttpClient 4.5, {@code DefaultHttpRequestRetryHandler}):
 * it repeats a GET whose connection broke at once, up to three times, without telling. It does not
 * repeat what has a body and was sent.
 */
final class JiraConnector {

  private static final long CONNECT_TIMEOUT_SECONDS = 5;
  private static final long READ_TIMEOUT_SECONDS = 30;

  private JiraConnector() {}

  /** A client of the API at {@code path} below the server's URL. */
  static JiraApi connect(JiraSettings settings, String path) {
    String authorization =
        (settings.user().isPresent() ? "Basic " : "Bearer ") + settings.credentials().reveal();
    ClientRequestFilter login =
        request -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, authorization);
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(UriBuilder.fromUri(settings.server()).path(path).build())
            .connectTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .readTimeout(READ_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .followRedirects(false)
            .register(login)
            .register(new Mapper())
            // every other status is returned as a Response (MicroProfile Rest Client,
            // ResponseExceptionMapper)
            .property("microprofile.rest.client.disable.default.mapper", true);
    settings.trustStore().ifPresent(builder::trustStore);
    settings
        .proxy()
        .ifPresent(proxy -> builder.proxyAddress(proxy.getHostString(), proxy.getPort()));
    return builder.build(JiraApi.class);
  }

  /** A 5xx: only exceptions count for a circuit breaker (MicroProfile Fault Tolerance 4.1). */
  static final class FailingJira extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    private FailingJira(Reply reply) {
      super("HTTP " + reply.status());
      this.reply = reply;
    }

    Reply reply() {
      return reply;
    }
  }

  private static final class Mapper implements ResponseExceptionMapper<FailingJira> {

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
