package dnsblmonitor.launch;

import dnsblmonitor.config.ServerEnvironment;
import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import dnsblmonitor.report.RunSummary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Starts the server and ensures that the run ends: on its own, at SIGTERM, at the deadline, or if
 * the application does not start (R4, R5a). There is always a final event.
 */
final class Supervisor {

  private static final int FAILED = 1;
  private static final int TERMINATED = 143;

  private final Distribution distribution;
  private final Settings settings;
  private final String runId;
  private final Instant startedAt;
  private final Clock clock;
  private final RunLog log;
  private final Consumer<String> out;
  private volatile boolean terminating;

  Supervisor(
      Distribution distribution,
      Settings settings,
      String runId,
      Instant startedAt,
      Clock clock,
      RunLog log,
      Consumer<String> out) {
    this.distribution = distribution;
    this.settings = settings;
    this.runId = runId;
    this.startedAt = startedAt;
    this.clock = clock;
    this.log = log;
    this.out = out;
  }

  /** Runs the server to its end and returns the exit code. */
  int run(String givenOutputFolder) throws InterruptedException {
    try (WorkFolder work =
        WorkFolder.create(
            givenOutputFolder, distribution.warmWorkFolder(), Distribution.RUN_SERVER)) {
      SupervisedServer server =
          new SupervisedServer(
              ServerProcess.start(
                  distribution, Distribution.RUN_SERVER, work.path(), variables(work)),
              out,
              clock,
              settings.secrets());
      Thread hook = Thread.ofPlatform().unstarted(() -> terminate(server, work));
      Runtime.getRuntime().addShutdownHook(hook);
      Thread.ofPlatform().daemon().name("deadline").start(() -> watchDeadline(server));
      int exitCode = server.awaitExitCode();
      return terminating ? exitCode : close(server, exitCode);
    } catch (IOException e) {
      return failed(ErrorType.START_FAILED, "cannot start the server: " + e.getMessage());
    }
  }

  private Map<String, String> variables(WorkFolder work) {
    Map<String, String> variables = new TreeMap<>();
    variables.put(ServerEnvironment.RUN_ID, runId);
    variables.put(ServerEnvironment.ELAPSED, elapsed().toString());
    variables.put(ServerEnvironment.JDBC_URL, settings.database().jdbcUrl());
    if (work.isTemporary()) {
      variables.put(ServerEnvironment.HALT, "true");
    }
    return variables;
  }

  /** SIGTERM (or SIGINT): this is a shutdown hook, after which the JVM exits with 143 (130). */
  private void terminate(SupervisedServer server, WorkFolder work) {
    if (!server.process().isAlive()) {
      return;
    }
    terminating = true;
    server.terminate();
    if (!server.isClosed()) {
      log.summary(nothingDone());
    }
    work.close();
  }

  /** The summary of a run that was stopped before its job could log anything. */
  private RunSummary nothingDone() {
    return new RunSummary(
        new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        0,
        0,
        0,
        0,
        elapsed(),
        Optional.empty(),
        Optional.of("stopped by SIGTERM before the job could report its result"),
        TERMINATED);
  }

  private void watchDeadline(SupervisedServer server) {
    try {
      if (!server.process().awaitEnd(settings.runDeadline().minus(elapsed()))) {
        server.end(Command.DEADLINE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Logs how the run ended if the run could not. */
  private int close(SupervisedServer server, int exitCode) {
    if (server.isClosed()) {
      return exitCode == 0 ? 0 : FAILED;
    }
    Optional<FatalError> startFailure = server.startFailure();
    if (startFailure.isPresent()) {
      return failed(startFailure.get());
    }
    if (elapsed().compareTo(settings.runDeadline()) >= 0) {
      return failed(
          ErrorType.DEADLINE_EXCEEDED,
          "the run did not stop after RUN_DEADLINE (%s) and was killed"
              .formatted(settings.runDeadline()));
    }
    return failed(
        ErrorType.INTERNAL_ERROR,
        "the server ended with exit code %d before the run had ended; see the server's log lines above"
            .formatted(exitCode));
  }

  private int failed(ErrorType type, String message) {
    return failed(new FatalError(type, message));
  }

  private int failed(FatalError error) {
    log.fatalError(error, FAILED);
    return FAILED;
  }

  private Duration elapsed() {
    return Duration.between(startedAt, clock.instant());
  }
}
