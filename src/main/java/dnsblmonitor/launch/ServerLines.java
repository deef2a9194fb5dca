package dnsblmonitor.launch;

import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.report.RedactedLine;
import dnsblmonitor.report.RunLog;
import jakarta.json.Json;
import jakarta.json.JsonException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes the server's lines on, as JSON every one (R30): the few that Liberty prints before its
 * logging stands are wrapped. Watches what they say of the application's start and the run's end.
 * Known secrets that a library's message might hold are replaced (R32).
 */
final class ServerLines implements Consumer<String> {

  /** Liberty: "Application ... started". */
  private static final String APPLICATION_STARTED = "\"CWWKZ0001I\"";

  /** Liberty: the application could not be started, or not be found. */
  private static final List<String> APPLICATION_FAILED =
      List.of(
          "\"CWWKZ0002E\"",
          "\"CWWKZ0004E\"",
          "\"CWWKZ0012I\"",
          "\"CWWKZ0014W\"",
          "\"CWWKZ0021E\"",
          "\"CWWKZ0106E\"");

  /** Liberty: the port is somebody else's, or cannot be opened. It would stay up without one. */
  private static final List<String> PORT_FAILED = List.of("\"CWWKO0221E\"", "\"CWWKO0224E\"");

  private static final List<String> CLOSING_EVENTS =
      List.of(
          "\"event\":\"job_summary\"", "\"event\":\"fatal_error\"", "\"event\":\"run_skipped\"");

  private final Consumer<String> out;
  private final Clock clock;
  private final Redaction redaction;
  private final Runnable onStartFailure;
  private volatile boolean applicationStarted;
  private volatile boolean closed;

  /**
   * @param secrets what must not be shown, whoever prints it
   * @param onStartFailure called when Liberty says that the application did not start
   */
  ServerLines(Consumer<String> out, Clock clock, List<Secret> secrets, Runnable onStartFailure) {
    this.out = out;
    this.clock = clock;
    this.redaction = new Redaction(secrets);
    this.onStartFailure = onStartFailure;
  }

  @Override
  public void accept(String line) {
    if (line.isBlank()) {
      return;
    }
    boolean ours = line.startsWith(RunLog.LINE_START);
    out.accept(safe(line));
    if (ours) {
      applicationStarted = true;
      closed |= CLOSING_EVENTS.stream().anyMatch(line::contains);
      return;
    }
    if (PORT_FAILED.stream().anyMatch(line::contains)) {
      onStartFailure.run();
    } else if (line.contains(APPLICATION_STARTED)) {
      applicationStarted = true;
    } else if (!applicationStarted && APPLICATION_FAILED.stream().anyMatch(line::contains)) {
      onStartFailure.run();
    }
  }

  private String safe(String line) {
    try {
      return line.startsWith("{") && line.endsWith("}")
          ? RedactedLine.of(line, redaction)
          : wrapped(redaction.of(line));
    } catch (JsonException e) {
      return wrapped(redaction.of(line));
    }
  }

  private String wrapped(String line) {
    return Json.createObjectBuilder()
        .add("type", "liberty_message")
        .add("ibm_datetime", clock.instant().toString())
        .add("message", line)
        .build()
        .toString();
  }

  boolean hasApplicationStarted() {
    return applicationStarted;
  }

  /** Whether the run has said how it ended. */
  boolean isClosed() {
    return closed;
  }
}
