package dnsblmonitor.testing;

import dnsblmonitor.testing.MonitorProcess.Ended;
import java.util.List;

/** A run of the monitor that is under way: a process, or a job of a server. */
public sealed interface StartedRun permits MonitorProcess, ServedRun {

  List<String> linesSoFar();

  /** Waits for its end; every line of it must be as the schema says. */
  Ended awaitEnd();
}
