package dnsblmonitor.jira;

import java.time.Duration;

/** Waits. Production sleeps, tests note how long. */
@FunctionalInterface
interface Pause {
  void pause(Duration duration) throws InterruptedException;
}
