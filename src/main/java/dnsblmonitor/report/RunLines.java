package dnsblmonitor.report;

import java.util.function.Consumer;
import java.util.logging.Logger;

/** The destination of a run's log lines. */
public final class RunLines {

  /** Liberty copies what it logs on a job's thread into the job's log. */
  private static final Logger JOB_LOG = Logger.getLogger("dnsblmonitor.run");

  private RunLines() {}

  /** To standard output: the only run of its server. */
  public static Consumer<String> toOutput() {
    return System.out::println;
  }

  /**
   * To standard output and the log of the run's job, which is available by REST. Liberty's job log
   * contains only what the job's own threads log: retries of concurrent requests to Jira appear
   * only on standard output.
   */
  public static Consumer<String> toOutputAndJobLog() {
    return line -> {
      System.out.println(line);
      JOB_LOG.info(line);
    };
  }
}
