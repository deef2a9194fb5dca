package dnsblmonitor.web;

import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.config.Environment;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import java.util.Properties;
import java.util.function.LongSupplier;

/**
 * Serves no requests: its initialization passes to the schedule the function that starts runs.
 * Liberty starts a job only for a user with a batch role and in the context of an application; our
 * own threads have neither. In {@code web.xml} this servlet runs as the user of scheduled runs
 * ({@code run-as}, Jakarta Servlet 15.3.1), and Jakarta Concurrency captures that context for any
 * thread.
 */
@SuppressWarnings("serial") // servlets are never serialized
public final class ScheduleServlet extends HttpServlet {

  @Override
  public void init() {
    CDI<Object> beans = CDI.current();
    if (beans.select(Environment.class).get().schedule().isPresent()) {
      // the server of a run has no Jakarta Concurrency
      ContextService contexts = beans.select(ContextService.class).get();
      LongSupplier start =
          () -> BatchRuntime.getJobOperator().start(RunSchedule.JOB, new Properties());
      beans
          .select(RunSchedule.class)
          .get()
          .startBy(contexts.createContextualProxy(start, LongSupplier.class));
    }
  }
}
