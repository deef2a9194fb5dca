package dnsblmonitor.testing;

import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServeProcess.Caller;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * A run as a job of a {@code serve} process. Its exit code is the exit status of the job, its lines
 * are what the server wrote since it was submitted: runs beside it are among them.
 */
public final class ServedRun implements StartedRun {

  private final ServeProcess server;
  private final int linesBefore;
  private final long startedNanos = System.nanoTime();
  private final int instance;

  ServedRun(ServeProcess server, String parameters) {
    this.server = server;
    this.linesBefore = server.process().linesSoFar().size();
    this.instance = server.submitted(Caller.ADMIN, parameters);
  }

  @Override
  public List<String> linesSoFar() {
    List<String> lines = server.process().linesSoFar();
    return lines.subList(linesBefore, lines.size());
  }

  @Override
  public Ended awaitEnd() {
    JsonObject execution = server.awaitEnd(instance);
    Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
    int exitCode = Integer.parseInt(execution.getString("exitStatus"));
    Await.until("the last line of job instance " + instance, () -> hasLastLine(exitCode));
    Ended ended = new Ended(exitCode, linesSoFar(), "", took);
    ended.holdAgainstSchema();
    return ended;
  }

  /** The job ends after its last line was written, but that still passes the launcher. */
  private boolean hasLastLine(int exitCode) {
    List<String> last =
        exitCode == 1
            ? List.of("fatal_error", "run_skipped")
            : List.of("job_summary", "run_skipped");
    return linesSoFar().stream()
        .anyMatch(line -> last.stream().anyMatch(event -> line.contains("\"event\":\"" + event)));
  }

  /** Stops it if it is still under way, and waits until it is over. */
  void end() {
    if (!server.isOver(instance)) {
      server.stop(Caller.ADMIN, server.execution(instance).getInt("executionId"));
      server.awaitEnd(instance);
    }
  }
}
