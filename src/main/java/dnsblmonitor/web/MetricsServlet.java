package dnsblmonitor.web;

import dnsblmonitor.metrics.RunMetrics;
import dnsblmonitor.report.Version;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /metrics} for Prometheus (R38). {@link ApiLogin} authenticates. */
@SuppressWarnings("serial") // servlets are never serialized
public final class MetricsServlet extends HttpServlet {

  private final RunMetrics metrics;
  private final String deployment;

  /** Called at the first request: the server of a single run has this class but not these beans. */
  public MetricsServlet() {
    CDI<Object> beans = CDI.current();
    metrics = beans.select(RunMetrics.class).get();
    deployment = beans.select(CurrentSettings.class).get().get().deployment();
  }

  /** Without the page for errors, which needs a login by its form. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
      response.setContentType(RunMetrics.CONTENT_TYPE);
      response.getWriter().write(metrics.text(deployment, Version.current()));
    } else {
      response.setHeader("Allow", "GET, HEAD");
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }
}
