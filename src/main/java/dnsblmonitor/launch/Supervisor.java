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
 * Starts the server and sees to it that the run ends: by itself, at SIGTERM, at the deadline, or
 * when the application does not start (R4, R5a). Whatever happens, there is a closing line.
 */
final class Supervisor {

  private static final int FAILED = 1;
  private static final int TERMINATED = 143;

  /** How long an orderly stop may take; R4 allows 30 s in all. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

  private final Distribution distribution;
  private final Settings settings;
  private final String runId;
  private final Instant startedAt;
  private final Clock clock;
  private final RunLog log;
  private final Consumer<String> out;
  private volatile boolean terminating;
  private volatile boolean startFailed;

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
      ServerProcess server =
          ServerProcess.start(distribution, Distribution.RUN_SERVER, work.path(), variables(work));
      ServerLines lines = new ServerLines(out, clock, settings.secrets(), () -> failStart(server));
      Thread hook = Thread.ofPlatform().unstarted(() -> terminate(server, lines, work));
      Runtime.getRuntime().addShutdownHook(hook);
      Thread.ofPlatform().daemon().name("deadline").start(() -> watchDeadline(server, lines));
      server.forEachLine(lines);
      int exitCode = server.awaitExitCode();
      return terminating ? exitCode : close(lines, exitCode);
    } catch (IOException e) {
      log.fatalError(
          new FatalError(ErrorType.START_FAILED, "the server cannot be started: " + e.getMessage()),
          FAILED);
      return FAILED;
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
  private void terminate(ServerProcess server, ServerLines lines, WorkFolder work) {
    if (!server.isAlive()) {
      return;
    }
    terminating = true;
    if (lines.hasApplicationStarted()) {
      server.tellAndAwaitEnd(Command.STOP, STOP_LIMIT);
    }
    server.kill();
    server.awaitLastLines();
    if (!lines.isClosed()) {
      log.summary(nothingDone());
    }
    work.close();
  }

  /** The summary of a run that was ended before its job could say anything. */
  private RunSummary nothingDone() {
    return new RunSummary(
        new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        0,
        0,
        0,
        0,
        elapsed(),
        Optional.empty(),
        Optional.of("ended by SIGTERM before the job could report"),
        TERMINATED);
  }

  private void watchDeadline(ServerProcess server, ServerLines lines) {
    try {
      Duration left = settings.runDeadline().minus(elapsed());
      if (server.awaitEnd(left)) {
        return;
      }
      if (lines.hasApplicationStarted()) {
        server.tellAndAwaitEnd(Command.DEADLINE, STOP_LIMIT);
      }
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failStart(ServerProcess server) {
    startFailed = true;
    server.kill();
  }

  /** Says how the run ended where it could not say so itself. */
  private int close(ServerLines lines, int exitCode) {
    if (lines.isClosed()) {
      return exitCode == 0 ? 0 : FAILED;
    }
    if (startFailed || !lines.hasApplicationStarted()) {
      log.fatalError(
          new FatalError(
              ErrorType.START_FAILED,
              "the application did not start; the server's lines above say why"),
          FAILED);
    } else if (isPastDeadline()) {
      log.fatalError(
          new FatalError(
              ErrorType.DEADLINE_EXCEEDED,
              "the run hung past RUN_DEADLINE, %s, and was killed"
                  .formatted(settings.runDeadline())),
          FAILED);
    } else {
      log.fatalError(
          new FatalError(
              ErrorType.INTERNAL_ERROR,
              "the server ended with exit code %d and no closing line; the server's lines above say why"
                  .formatted(exitCode)),
          FAILED);
    }
    return FAILED;
  }

  private boolean isPastDeadline() {
    return elapsed().compareTo(settings.runDeadline()) >= 0;
  }

  private Duration elapsed() {
    return Duration.between(startedAt, clock.instant());
  }
}
