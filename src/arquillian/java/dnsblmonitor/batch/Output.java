package dnsblmonitor.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What runs in this server say on standard output while this is open; it goes on to the log. */
final class Output implements AutoCloseable {

  private final PrintStream before = System.out;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  Output() {
    System.setOut(
        new PrintStream(before, true, UTF_8) {
          @Override
          public void println(String line) {
            lines.add(line);
            before.println(line);
          }
        });
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The events of this name, of all runs. */
  List<JsonObject> events(String name) {
    return lines.stream()
        .filter(line -> line.contains("\"event\":\"" + name + "\""))
        .map(Output::object)
        .toList();
  }

  void forget() {
    lines.clear();
  }

  private static JsonObject object(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
