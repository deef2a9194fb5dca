package dnsblmonitor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.notify.Topic;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.DocsPage.Row;
import dnsblmonitor.testing.ProjectFiles;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/events.md says what the schema of the events says, and no page names another event. */
class DocsEventsTest {

  private static final JsonObject SCHEMA = schema("log-events");
  private static final DocsPage PAGE = DocsPage.of("docs/events.md");
  private static final String HISTORY =
      "src/main/resources/dnsblmonitor/history/postgresql/V1__history.sql";
  private static final String HEADING = "### `";

  /** Names of this shape that are no events, fields or values of them. */
  private static final Set<String> OTHERS =
      Set.of(
          "ip_addresses",
          "ip_pool_id",
          "updated_at",
          "no_proxy",
          "https_proxy",
          "pool_mode",
          "tcp_keepidle",
          "caching_sha2_password",
          "dnsbl_jobs",
          "dnsbl_history",
          "flyway_schema_history",
          "pxc_strict_mode",
          "max_prepared_transactions",
          "use_ip_pools",
          "env_file",
          "dnsbl_monitor",
          "honor_labels",
          "postscreen_dnsbl_sites");

  private static JsonObject schema(String name) {
    return ProjectFiles.json(
        Path.of("src/main/distribution/schema/%s.schema.json".formatted(name)));
  }

  static List<String> events() {
    return SCHEMA.getJsonObject("$defs").keySet().stream().sorted().toList();
  }

  static List<DocsPage> pages() {
    return DocsPage.all();
  }

  private static JsonObject event(String name) {
    return SCHEMA.getJsonObject("$defs").getJsonObject(name);
  }

  private static List<String> strings(@Nullable JsonValue array) {
    return Objects.requireNonNull(array).asJsonArray().getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  @Test
  void theEventsAreThoseOfTheSchema() {
    assertThat(
            PAGE.lines().stream()
                .filter(line -> line.startsWith(HEADING))
                .map(line -> line.substring(HEADING.length(), line.length() - 1)))
        .containsExactlyInAnyOrderElementsOf(events());
    assertThat(
            PAGE.section("## Fields of every event").rows().stream().map(r -> r.code(0).getFirst()))
        .containsExactlyInAnyOrderElementsOf(SCHEMA.getJsonObject("properties").keySet());
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventHasItsFieldsItsLevelsAndWhatToDo(String name) {
    JsonObject event = event(name);
    JsonObject properties = event.getJsonObject("properties");
    Set<String> required =
        event.containsKey("required") ? new HashSet<>(strings(event.get("required"))) : Set.of();
    Map<String, String> expected = new TreeMap<>();
    properties.forEach((field, type) -> {
      if (!Set.of("event", "level").contains(field)) {
        expected.put(
            field, type(type.asJsonObject()) + (required.contains(field) ? "" : ", optional"));
      }
    });

    DocsPage section = PAGE.section(HEADING + name + "`");
    Map<String, String> documented = new TreeMap<>();
    for (Row row : section.rows()) {
      documented.put(row.code(0).getFirst(), row.cells().get(1));
    }

    assertThat(documented).isEqualTo(expected);
    String prose = section.prose();
    assertThat(prose).contains("**What to do:**");
    Set<String> levels = new TreeSet<>(strings(properties.getJsonObject("level").get("enum")));
    assertThat(
            Stream.of("DEBUG", "INFO", "WARNING", "ERROR")
                .filter(level ->
                    prose
                        .lines()
                        .dropWhile(String::isBlank)
                        .findFirst()
                        .orElse("")
                        .contains(level)))
        .containsExactlyInAnyOrderElementsOf(levels);
  }

  private static String type(JsonObject type) {
    JsonValue named = type.get("type");
    if (named == null) {
      JsonValue example =
          Objects.requireNonNull(
              type.containsKey("enum") ? type.getJsonArray("enum").getFirst() : type.get("const"));
      return example.getValueType() == JsonValue.ValueType.NUMBER ? "integer" : "string";
    }
    return switch (named.getValueType()) {
      case STRING -> ((JsonString) named).getString();
      default -> String.join(" or ", strings(named));
    };
  }

  /** Every value that a field can have is named in the event's section. */
  @ParameterizedTest
  @MethodSource("events")
  void everyValueOfAnEnumerationIsNamed(String name) {
    String prose = PAGE.section(HEADING + name + "`").prose();
    event(name)
        .getJsonObject("properties")
        .forEach((field, type) -> {
          JsonValue values = type.asJsonObject().get("enum");
          boolean isListedElsewhere = name.equals("dns_failure") && field.equals("error_type");
          if (values != null && !field.equals("exit_code") && !isListedElsewhere) {
            assertThat(strings(values)).as(field).allSatisfy(it -> assertThat(prose).contains(it));
          }
        });
  }

  @Test
  void theErrorTypesOfLookupsAreThoseOfTheSchema() {
    assertThat(
            PAGE.section("## `error_type` of a lookup").rows().stream()
                .map(row -> row.code(0).getFirst()))
        .containsExactlyInAnyOrderElementsOf(
            strings(
                event("dns_failure")
                    .getJsonObject("properties")
                    .getJsonObject("error_type")
                    .get("enum")));
  }

  @Test
  void theRunbookHasEveryErrorTypeOfARun() {
    assertThat(
            DocsPage.of("docs/operations.md").section("## Runbook by error_type").rows().stream()
                .map(row -> row.code(0).getFirst()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorType.values()).map(ErrorType::label).toList());
  }

  @Test
  void theExitCodesAreThoseOfTheSchemaAndThatOfTheHelp() {
    Set<String> codes = new TreeSet<>(Set.of("2"));
    event("job_summary")
        .getJsonObject("properties")
        .getJsonObject("exit_code")
        .getJsonArray("enum")
        .forEach(code -> codes.add(code.toString()));

    assertThat(
            DocsPage.of("docs/operations.md").section("### Exit codes").rows().stream()
                .flatMap(row -> Stream.of(row.cells().get(1).split(", "))))
        .containsOnlyOnceElementsOf(Set.of("143", "2"))
        .containsAll(codes)
        .isSubsetOf(codes);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noPageNamesAnEventOrFieldThatThereIsNot(DocsPage page) {
    Set<String> known = new HashSet<>(OTHERS);
    addNames(SCHEMA, known);
    addNames(schema("notification"), known);
    Arrays.stream(Topic.values()).map(Topic::label).forEach(known::add);
    Pattern.compile("\\w+")
        .matcher(ProjectFiles.read(Path.of(HISTORY)))
        .results()
        .map(MatchResult::group)
        .forEach(known::add);

    assertThat(
            page.code().stream()
                .filter(code -> code.matches("[a-z]+(?:_[a-z0-9]+)+"))
                .filter(code -> !code.startsWith("dnsbl_monitor_")) // see MetricsDocsTest
                .filter(code -> !known.contains(code)))
        .isEmpty();
  }

  /** Keys, and the values of constants and enumerations. */
  private static void addNames(JsonValue value, Set<String> names) {
    switch (value.getValueType()) {
      case OBJECT ->
          value
              .asJsonObject()
              .forEach((key, inner) -> {
                names.add(key);
                addNames(inner, names);
              });
      case ARRAY -> value.asJsonArray().forEach(inner -> addNames(inner, names));
      case STRING -> names.add(((JsonString) value).getString());
      default -> {}
    }
  }
}
