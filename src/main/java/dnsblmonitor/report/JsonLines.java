package dnsblmonitor.report;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Writes one event a line, with the fields that all have in common (R30). */
final class JsonLines {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Consumer<String> out;
  private final Clock clock;
  private final String jobRunId;
  private final LogLevel least;
  private final LogTail tail = new LogTail();

  JsonLines(Consumer<String> out, Clock clock, String jobRunId, LogLevel least) {
    this.out = out;
    this.clock = clock;
    this.jobRunId = jobRunId;
    this.least = least;
  }

  void write(LogLevel level, String event, String message, JsonObjectBuilder fields) {
    if (level.compareTo(least) >= 0) {
      writeAlways(level, event, message, fields);
    }
  }

  /** For the line that a run ends with, which is there at every {@code LOG_LEVEL}. */
  void writeAlways(LogLevel level, String event, String message, JsonObjectBuilder fields) {
    Instant now = clock.instant();
    String line =
        Json.createObjectBuilder()
            .add("timestamp", MILLISECONDS.format(now))
            .add("level", level.name())
            .add("event", event)
            .add("job_run_id", jobRunId)
            .add("message", message)
            .addAll(fields)
            .build()
            .toString();
    tail.add(line);
    out.accept(line);
  }

  LogTail tail() {
    return tail;
  }
}
