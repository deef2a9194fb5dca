package dnsblmonitor.web;

import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.config.RunParametersReader;
import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.history.HistoryException;
import dnsblmonitor.history.HistoryReader;
import dnsblmonitor.history.HistorySettings;
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
 * The web pages: what the history shows, or without one the runs of this server, and a form to
 * start a run. Liberty enforces access, with the same users and roles as for the batch API.
 */
@SuppressWarnings("serial") // servlets are never serialized
public final class PageServlet extends HttpServlet {

  private static final Html.Message NOT_OURS =
      new Html.Message(
          "The run was not started",
          "The request did not come from this page's form, or the server has restarted since the form was loaded. Reload the page and try again.");

  private static final Html.Message NO_HISTORY =
      new Html.Message(
          "There is no history",
          "This page shows the history of all runs, which is not kept. Set HISTORY_DB_URL to keep one.");

  /** To the plain page: a link to a run that just started must not reload forever. */
  private static final String RELOAD = "5; url=/";

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
    Settings now = settings();
    String name = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
    if (request.getServletPath().isEmpty()) {
      answer(request, response, HttpServletResponse.SC_OK, StartForm.EMPTY, List.of());
      return;
    }
    if (now.history().isEmpty()) {
      if (isStart(request)) {
        response.sendRedirect("/"); // a reload of the response to a form
        return;
      }
      Html.send(response, HttpServletResponse.SC_NOT_FOUND, html.page(NO_HISTORY));
      return;
    }
    try (HistoryPages pages = pages(request, now, now.history().get())) {
      Html.send(
          response,
          HttpServletResponse.SC_OK,
          html.page(page(request.getServletPath(), name, pages, parameters(request))));
    } catch (PageException e) {
      Html.send(response, e.status(), html.page(e.message()));
    } catch (HistoryException e) {
      PageException failed = PageException.unavailable(e.getMessage());
      Html.send(response, failed.status(), html.page(failed.message()));
    }
  }

  private static Record page(String part, String name, HistoryPages pages, Parameters parameters) {
    return switch (part) {
      case "/addresses" ->
          name.isEmpty() ? pages.rows(RowsQuery.of(parameters)) : pages.address(name, parameters);
      case "/blocklists" -> name.isEmpty() ? pages.blocklists() : pages.blocklist(name, parameters);
      default -> name.isEmpty() ? pages.runs(parameters) : pages.run(name, parameters);
    };
  }

  private static Parameters parameters(HttpServletRequest request) {
    return new Parameters(request::getParameter);
  }

  private HistoryPages pages(HttpServletRequest request, Settings now, HistorySettings history) {
    return new HistoryPages(
        new HistoryReader(history),
        table(now),
        now,
        frame(request, now),
        Clock.systemUTC().instant());
  }

  private IpAddressTable table(Settings now) {
    return IpAddressTable.in(transactions, now.database(), Clock.systemUTC(), now.dns().ipv6());
  }

  private Frame frame(HttpServletRequest request, Settings now) {
    return Frame.of(now, request.getRemoteUser(), tokens.of(request.getRemoteUser()));
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
      Html.send(response, HttpServletResponse.SC_FORBIDDEN, html.page(NOT_OURS));
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
    response.setHeader("Location", "/?started=" + started.getInstanceId());
  }

  /** The overview; without a readable history the runs of this server. */
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
    Settings now = settings();
    Start start = start(request, now, filled, faults, runs);
    if (start.isReloading()) {
      response.setHeader("Refresh", RELOAD);
    }
    Optional<String> failure = Optional.empty();
    if (now.history().isPresent()) {
      try (HistoryPages pages = pages(request, now, now.history().get())) {
        Html.send(
            response,
            status,
            html.page(pages.overview(start, schedule.plan().map(RunSchedule.Plan::every))));
        return;
      } catch (HistoryException e) {
        failure = Optional.of(e.getMessage());
      }
    }
    AddressQuery query = AddressQuery.of(request);
    PageView view =
        new PageView(
            frame(request, now).around(PageView.title(last), Optional.empty()),
            failure,
            start,
            PageView.failed(runs, last),
            last.map(LastRunView::of),
            AddressesView.of(query, query.rowsOf(table(now)), last),
            runs.stream().map(RunRow::of).toList());
    Html.send(response, status, html.page(view));
  }

  private Start start(
      HttpServletRequest request,
      Settings now,
      StartForm filled,
      List<String> faults,
      List<RunEntry> runs) {
    Optional<Long> started = AddressQuery.number(request.getParameter("started"));
    // a reload would take away what was typed, or repeat the form
    boolean reloads = faults.isEmpty() && !"no".equals(request.getParameter("reload"));
    return new Start(
        tokens.of(request.getRemoteUser()),
        started.isPresent(),
        faults,
        mayStart(request) ? Optional.of(Start.Form.of(now, filled)) : Optional.empty(),
        schedule.plan().map(plan -> Words.schedule(plan, Clock.systemUTC().instant())),
        Start.Running.of(runs, started, reloads));
  }

  private Settings settings() {
    Settings now = current.get();
    redaction = new Redaction(now.secrets());
    return now;
  }

  private static boolean isStart(HttpServletRequest request) {
    return request.getServletPath().equals("/runs") && request.getPathInfo() == null;
  }

  private static boolean mayStart(HttpServletRequest request) {
    return request.isUserInRole("batchAdmin") || request.isUserInRole("batchSubmitter");
  }
}
