package dnsblmonitor.web;

import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.config.RunParametersReader;
import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.history.RunResults;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.JtaTransactions;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.JobInstance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The web page: the result of the last full run, the current table, recent runs, and a form to
 * start one. Liberty enforces access, with the same users and roles as for the batch API.
 */
@SuppressWarnings("serial") // servlets are never serialized
public final class PageServlet extends HttpServlet {

  private static final Html.Message NOT_OURS =
      new Html.Message(
          "The run was not started",
          "The request did not come from this page's form, or the server has restarted since the form was loaded. Reload the page and try again.");

  private final Html html;
  private final CsrfToken tokens;
  private final RunResults results;
  private final CurrentSettings current;
  private volatile Redaction redaction = Redaction.NONE;
  private final JtaTransactions transactions;
  private final RunSchedule schedule;

  /** Called at the first request: the server of a single run has this class but not these beans. */
  public PageServlet() {
    CDI<Object> beans = CDI.current();
    results = beans.select(RunResults.class).get();
    tokens = beans.select(CsrfToken.class).get();
    current = beans.select(CurrentSettings.class).get();
    transactions = beans.select(JtaTransactions.class).get();
    schedule = beans.select(RunSchedule.class).get();
    html = new Html(() -> redaction);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isStart(request)) {
      response.sendRedirect("/"); // a reload of the response to a form
      return;
    }
    answer(request, response, HttpServletResponse.SC_OK, StartForm.EMPTY, List.of());
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isStart(request)) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    Optional<StartForm> form = StartForm.of(request);
    if (form.isEmpty() || !tokens.isOf(request.getRemoteUser(), request.getParameter("token"))) {
      Html.send(response, HttpServletResponse.SC_FORBIDDEN, html.message(NOT_OURS));
      return;
    }
    start(request, response, form.get());
  }

  private void start(HttpServletRequest request, HttpServletResponse response, StartForm form)
      throws IOException {
    Map<String, String> parameters = form.jobParameters();
    List<String> faults = RunParametersReader.faults(parameters, settings());
    if (!faults.isEmpty()) {
      answer(request, response, HttpServletResponse.SC_BAD_REQUEST, form, faults);
      return;
    }
    Properties properties = new Properties();
    properties.putAll(parameters);
    JobOperator operator = BatchRuntime.getJobOperator();
    JobInstance started = operator.getJobInstance(operator.start(RunSchedule.JOB, properties));
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", "/?begun=" + started.getInstanceId());
  }

  private void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      StartForm filled,
      List<String> faults)
      throws IOException {
    List<RunEntry> runs =
        results
            .runs(); // before the result, so that a run that ends meanwhile is not missing from it
    Optional<RunResult> last = results.latest();
    AddressQuery query = AddressQuery.of(request);
    Settings now = settings();
    IpAddressTable table =
        IpAddressTable.in(transactions, now.database(), Clock.systemUTC(), now.dns().ipv6());
    PageView view =
        new PageView(
            PageView.title(last),
            request.getRemoteUser(),
            tokens.of(request.getRemoteUser()),
            AddressQuery.number(request.getParameter("begun")),
            faults,
            mayStart(request) ? Optional.of(PageView.Form.of(now, filled)) : Optional.empty(),
            schedule.plan().map(plan -> Words.schedule(plan, Clock.systemUTC().instant())),
            PageView.failed(runs, last),
            last.map(LastRunView::of),
            AddressesView.of(query, query.rowsOf(table), last),
            runs.stream().map(RunRow::of).toList());
    Html.send(response, status, html.page(view));
  }

  private Settings settings() {
    Settings now = current.get();
    redaction = new Redaction(now.secrets());
    return now;
  }

  private static boolean isStart(HttpServletRequest request) {
    return request.getServletPath().equals("/runs");
  }

  private static boolean mayStart(HttpServletRequest request) {
    return request.isUserInRole("batchAdmin") || request.isUserInRole("batchSubmitter");
  }
}
