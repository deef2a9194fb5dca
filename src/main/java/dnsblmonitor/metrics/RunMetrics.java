package dnsblmonitor.metrics;

import dnsblmonitor.history.RunRecord;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The metrics of a server's runs, for scrapes (R38). What the latest run does not know is that of
 * an earlier one. Thread-safe; the text is made when it is requested.
 */
@ApplicationScoped
public class RunMetrics {

  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private volatile LatestRuns runs = LatestRuns.NONE;

  /** Adds a run that has ended. Ignores dry, partial and skipped runs (R39). */
  public synchronized void add(RunRecord run) {
    runs = runs.after(run);
  }

  /**
   * All metrics in Prometheus' text format.
   *
   * @param deployment the value of the label {@code deployment} of every series
   * @param version of this program
   */
  public String text(String deployment, String version) {
    return String.join("", Families.of(runs, deployment, version).values());
  }
}
