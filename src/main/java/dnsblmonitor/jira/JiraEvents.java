package dnsblmonitor.jira;

import java.time.Duration;

/** What the package reports while it works; its texts hold no secrets. */
public interface JiraEvents {

  /** A call failed and is repeated after {@code wait}, for the {@code attempt}th time. */
  void retrying(int attempt, Duration wait, String cause);

  void warning(String message);
}
