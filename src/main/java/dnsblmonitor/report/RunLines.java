package dnsblmonitor.report;

import java.util.function.Consumer;
import java.util.logging.Logger;

/** Where the lines of a run go. */
public final class RunLines {

  /** What is logged by it on a job's thread, Liberty writes into the job's log. */
  private static final Logger JOB_LOG = Logger.getLogger("dnsblmonitor.run");

  private RunLines() {}

  /** To standard output: the only run of its server. */
  public static Consumer<String> toOutput() {
    return System.out::println;
  }

  /**
   * To standard output and into the log of the run's job, which people read by REST. Liberty's job
   * log takes what is said on the job's own threads: a repeated call to Jira of several at a time
   * is told on standard output alone.
   */
  public static Consumer<String> toOutputAndJobLog() {
    return line -> {
      System.out.println(line);
      JOB_LOG.info(line);
    };
  }
}
