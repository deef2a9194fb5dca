package dnsblmonitor.metrics;

import dnsblmonitor.history.RunRecord;
import java.util.Map;

/**
 * The metrics of the runs of {@code serve}, for scrapes (R38). What the latest run does not know is
 * that of an earlier one. Thread-safe.
 */
public final class RunMetrics {

  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private volatile Map<Metric, String> families = Map.of();

  /**
   * Adds a run that has ended. Ignores dry, partial and skipped runs (R39).
   *
   * @param deployment the value of the label {@code deployment} of every series
   * @param version of this program
   */
  public synchronized void add(RunRecord run, String deployment, String version) {
    if (run.isReported()) {
      families = Families.merged(families, Families.of(run, deployment, version));
    }
  }

  /**
   * All metrics in Prometheus' text format; before the first run, those of the program.
   *
   * @param deployment the value of the label {@code deployment} of every series
   * @param version of this program
   */
  public String text(String deployment, String version) {
    Map<Metric, String> known = families;
    return String.join(
        "", (known.isEmpty() ? Families.ofProgram(deployment, version) : known).values());
  }
}
