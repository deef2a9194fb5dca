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
 * Serves nothing: its initialization gives the schedule what it starts runs by. Liberty starts a
 * job only for a user of the batch roles and in the context of an application, and a thread of our
 * own has neither. {@code web.xml} lets this servlet run as the user that scheduled runs belong to
 * ({@code run-as}, Jakarta Servlet 15.3.1), and Jakarta Concurrency keeps that context for any
 * thread.
 */
@SuppressWarnings("serial") // nobody writes a servlet into a file
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
