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
 * A server and the state shown by its output: stopped gracefully after its application has started,
 * killed before that. Thread-safe.
 */
final class SupervisedServer {

  /** The maximum time for a graceful stop; R4 allows 30 s in total. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

  private final ServerProcess process;
  private final ServerLines lines;
  private volatile boolean startFailed;

  /**
   * @param secrets to be replaced in all output
   */
  SupervisedServer(ServerProcess process, Consumer<String> out, Clock clock, List<Secret> secrets) {
    this.process = process;
    this.lines = new ServerLines(out, clock, secrets, this::failStart);
  }

  ServerProcess process() {
    return process;
  }

  /** Forwards its output until it has ended and returns its exit code. */
  int awaitExitCode() throws InterruptedException {
    process.forEachLine(lines);
    return process.awaitExitCode();
  }

  /** Stops it with {@code command} if the application can receive it, else by force. */
  void end(Command command) {
    if (lines.hasApplicationStarted()) {
      process.tellAndAwaitEnd(command, STOP_LIMIT);
    }
    process.kill();
  }

  /** Stops it because of a signal and waits for its last output. */
  void terminate() {
    end(Command.STOP);
    process.awaitLastLines();
  }

  void failStart() {
    startFailed = true;
    process.kill();
  }

  /** Empty if the application has started and not failed since. */
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

  /** Whether the run has logged its final event. */
  boolean isClosed() {
    return lines.isClosed();
  }
}
