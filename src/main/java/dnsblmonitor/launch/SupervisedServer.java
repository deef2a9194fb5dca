package dnsblmonitor.launch;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A server and what its lines say of it: it is ended in order once its application has started, and
 * killed before. Safe for use by any thread.
 */
final class SupervisedServer {

  /** How long an orderly stop may take; R4 allows 30 s in all. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

  private final ServerProcess process;
  private final ServerLines lines;
  private volatile boolean startFailed;

  /**
   * @param secrets what must not be shown, whoever prints it
   */
  SupervisedServer(ServerProcess process, Consumer<String> out, Clock clock, List<Secret> secrets) {
    this.process = process;
    this.lines = new ServerLines(out, clock, secrets, this::failStart);
  }

  ServerProcess process() {
    return process;
  }

  /** Passes on its lines until it has ended, and returns its exit code. */
  int awaitExitCode() throws InterruptedException {
    process.forEachLine(lines);
    return process.awaitExitCode();
  }

  /** Ends it: by {@code command} if the application can hear that, and by force if that fails. */
  void end(Command command) {
    if (lines.hasApplicationStarted()) {
      process.tellAndAwaitEnd(command, STOP_LIMIT);
    }
    process.kill();
  }

  /** Ends it because of a signal, and waits for its last lines. */
  void terminate() {
    end(Command.STOP);
    process.awaitLastLines();
  }

  void failStart() {
    startFailed = true;
    process.kill();
  }

  /** Empty if the application has started, and did not fail after. */
  Optional<FatalError> startFailure() {
    return startFailed || !hasApplicationStarted()
        ? Optional.of(
            new FatalError(
                ErrorType.START_FAILED,
                "the application did not start; see the server's log lines above"))
        : Optional.empty();
  }

  boolean hasApplicationStarted() {
    return lines.hasApplicationStarted();
  }

  /** Whether the run has said how it ended. */
  boolean isClosed() {
    return lines.isClosed();
  }
}
