package dnsblmonitor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.DocsPage.Row;
import dnsblmonitor.testing.ProjectFiles;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The promise of docs/upgrade.md: the names that people build on, as the pages and schemas that
 * other tests compare with the program have them, hold all that version 1.0.0 had. Rows, tickets
 * and issue properties have {@code UpgradeIT}.
 */
class CompatibilityTest {

  private static final Path RELEASED =
      Path.of("src/test/resources/dnsblmonitor/released-1.0.0.txt");
  private static final String RESOURCES = "src/main/resources/dnsblmonitor/";

  @Test
  void nothingThatWasReleasedIsGone() {
    Set<String> now = new TreeSet<>();
    variables().forEach(name -> now.add("variable " + name));
    rows("docs/serve.md", "## Job parameters")
        .forEach(row -> now.add("job parameter " + row.code(0).getFirst()));
    for (Row row : rows("docs/operations.md", "### Exit codes")) {
      for (String code : row.cells().get(1).split(", ", -1)) {
        row.code(0).forEach(command -> now.add("exit code %s %s".formatted(command, code)));
      }
    }
    for (Row row : rows("docs/metrics.md", "## Metrics")) {
      row.code(1)
          .forEach(label -> now.add("metric %s %s".formatted(row.code(0).getFirst(), label)));
      now.add("metric " + row.code(0).getFirst());
    }
    commands().forEach(name -> now.add("command " + name));
    for (String schema : List.of("log-events", "notification")) {
      Path file = Path.of("src/main/distribution/schema/%s.schema.json".formatted(schema));
      addNames(schema, ProjectFiles.json(file), now);
    }
    addNames("api", ProjectFiles.json(Path.of(RESOURCES, "web/openapi.json")), now);
    for (String kind : List.of("mariadb", "postgresql")) {
      String script = "history/%s/V1__history.sql".formatted(kind);
      now.add(script + " " + sha256(ProjectFiles.read(Path.of(RESOURCES, script))));
    }

    assertThat(now).containsAll(ProjectFiles.read(RELEASED).lines().toList());
  }

  private static Stream<String> variables() {
    return Stream.of("docs/configuration.md", "docs/serve.md")
        .flatMap(page -> DocsPage.of(page).rows().stream())
        .flatMap(row -> row.code(0).stream())
        .filter(name -> name.matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+"));
  }

  private static List<Row> rows(String page, String heading) {
    return DocsPage.of(page).section(heading).rows();
  }

  private static Stream<String> commands() {
    return ProjectFiles.read(Path.of("src/main/distribution/bin/dnsbl-monitor"))
        .lines()
        .filter(line -> line.matches("  [a-z-]+ {2,}.*"))
        .map(line -> line.strip().replaceFirst(" .*", ""));
  }

  /** Adds a line for each property, parameter and value of an enumeration in a JSON document. */
  private static void addNames(String path, JsonValue value, Set<String> names) {
    switch (value) {
      case JsonObject object -> {
        if (object.get("name") instanceof JsonString name && object.containsKey("in")) {
          names.add("%s?%s".formatted(path, name.getString()));
        }
        object.forEach((key, child) -> addNames(path, key, child, names));
      }
      case JsonArray array -> array.forEach(element -> addNames(path, element, names));
      default -> {}
    }
  }

  private static void addNames(String path, String key, JsonValue value, Set<String> names) {
    switch (key) {
      case "properties" -> {
        for (Map.Entry<String, JsonValue> property : value.asJsonObject().entrySet()) {
          String name = path + "." + property.getKey();
          names.add(name + type(property.getValue()));
          addNames(name, property.getValue(), names);
        }
      }
      case "$defs", "schemas", "paths" ->
          value
              .asJsonObject()
              .forEach((name, child) -> {
                names.add(path + " " + name);
                addNames(path + " " + name, child, names);
              });
      case "enum" ->
          value.asJsonArray().forEach(constant -> names.add("%s = %s".formatted(path, constant)));
      case "const" -> names.add("%s = %s".formatted(path, value));
      default -> addNames(path, value, names);
    }
  }

  private static String type(JsonValue property) {
    return property instanceof JsonObject object && object.containsKey("type")
        ? ": " + object.get("type")
        : "";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
