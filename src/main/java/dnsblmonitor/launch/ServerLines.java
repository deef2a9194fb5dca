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
 * Forwards the server's output as JSON lines (R30); wraps the few lines that Liberty prints before
 * its logging starts. Detects the application's start and the run's end in them. Replaces known
 * secrets that a library's message might contain (R32).
 */
final class ServerLines implements Consumer<String> {

  /** Liberty: "Application ... started". */
  private static final String APPLICATION_STARTED = "\"CWWKZ0001I\"";

  /** Liberty: the application was not found or could not be started. */
  private static final List<String> APPLICATION_FAILED =
      List.of(
          "\"CWWKZ0002E\"",
          "\"CWWKZ0004E\"",
          "\"CWWKZ0012I\"",
          "\"CWWKZ0014W\"",
          "\"CWWKZ0021E\"",
          "\"CWWKZ0106E\"");

  /** Liberty: the port is in use or cannot be opened. Liberty would keep running without it. */
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
   * @param secrets to be replaced in all output
   * @param onStartFailure called when Liberty reports that the application did not start
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

  /** Whether the run has logged its final event. */
  boolean isClosed() {
    return closed;
  }
}
