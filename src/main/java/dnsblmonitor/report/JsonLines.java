package dnsblmonitor.report;

import dnsblmonitor.domain.Redaction;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.function.Consumer;

/** Writes one event per line, with the common fields (R30), without secrets (R32). */
final class JsonLines {

  /** Created once: {@code jakarta.json.Json} searches the class path on every call. */
  static final JsonProvider JSON = JsonProvider.provider();

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Consumer<String> out;
  private final Clock clock;
  private final String jobRunId;
  private final LogLevel least;
  private final Redaction redaction;
  private final LogTail tail = new LogTail();

  JsonLines(
      Consumer<String> out, Clock clock, String jobRunId, LogLevel least, Redaction redaction) {
    this.out = out;
    this.clock = clock;
    this.jobRunId = jobRunId;
    this.least = least;
    this.redaction = redaction;
  }

  static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  static JsonArrayBuilder array(Collection<String> texts) {
    return JSON.createArrayBuilder(texts);
  }

  void info(String event, String message, JsonObjectBuilder fields) {
    write(LogLevel.INFO, event, message, fields);
  }

  void warning(String event, String message, JsonObjectBuilder fields) {
    write(LogLevel.WARNING, event, message, fields);
  }

  void write(LogLevel level, String event, String message, JsonObjectBuilder fields) {
    if (level.compareTo(least) >= 0) {
      writeAlways(level, event, message, fields);
    }
  }

  /** For the final event of a run, which is written at every {@code LOG_LEVEL}. */
  void writeAlways(LogLevel level, String event, String message, JsonObjectBuilder fields) {
    Instant now = clock.instant();
    String line =
        object()
            .add("timestamp", MILLISECONDS.format(now))
            .add("level", level.name())
            .add("event", event)
            .add("job_run_id", jobRunId)
            .add("message", message)
            .addAll(fields)
            .build()
            .toString();
    String safe = RedactedLine.of(line, redaction);
    tail.add(safe);
    out.accept(safe);
  }

  LogTail tail() {
    return tail;
  }
}
