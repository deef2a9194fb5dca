package dnsblmonitor.jira;

import java.time.Duration;

/** Nobody listens. */
record NoEvents() implements JiraEvents {

  @Override
  public void retrying(int attempt, Duration wait, String cause) {}

  @Override
  public void warning(String message) {}
}
