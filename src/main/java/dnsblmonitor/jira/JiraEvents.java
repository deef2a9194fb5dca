package dnsblmonitor.jira;

import java.time.Duration;

/** What the package reports while it works; its texts hold no secrets. */
public interface JiraEvents {

  /**
   * A call failed and is repeated.
   *
   * @param attempt which repetition this will be, from 1
   * @param wait how long it waits before
   */
  void retrying(int attempt, Duration wait, String cause);

  void warning(String message);
}
