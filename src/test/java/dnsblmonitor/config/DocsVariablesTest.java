package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.DocsPage.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README and docs name every variable with its default, and none that there is not. */
class DocsVariablesTest {

  private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");
  private static final Pattern OTHERS_NAMES =
      // ends of lines of MariaDB, PostgreSQL, Java and the build
      Pattern.compile("(?:JAVA|JVM|WLP|MYSQL)_.*|NO_ACTION|RUN_.*_IMAGE");

  static List<DocsPage> pages() {
    return DocsPage.all();
  }

  private static List<String> known() {
    return Stream.of(
            SettingsReader.NAMES.stream(), ServeVariables.NAMES.stream(), Stream.of("RESTORE_IPS"))
        .flatMap(names -> names)
        .toList();
  }

  private static List<Row> rows() {
    return Stream.of("docs/configuration.md", "docs/serve.md")
        .flatMap(page -> DocsPage.of(page).rows().stream())
        .filter(row -> row.cells().size() == 3)
        .toList();
  }

  @Test
  void everyVariableIsARowOfATable() {
    Set<String> described =
        Stream.of("docs/configuration.md", "docs/serve.md")
            .flatMap(page -> DocsPage.of(page).rows().stream())
            .flatMap(row -> row.cells().stream().limit(2).flatMap(it -> DocsPage.code(it).stream()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(described).containsAll(known());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noVariableIsNamedThatThereIsNot(DocsPage page) {
    Set<String> prefixes =
        known().stream().map(DocsVariablesTest::prefix).collect(Collectors.toSet());

    assertThat(
            VARIABLE
                .matcher(page.text())
                .results()
                .map(MatchResult::group)
                .filter(name -> prefixes.contains(prefix(name)))
                .filter(name -> !OTHERS_NAMES.matcher(name).matches()))
        .isSubsetOf(known());
  }

  private static String prefix(String name) {
    return name.replaceFirst("_.*", "");
  }

  @Test
  void everyDefaultIsTheRightOne() throws IOException {
    Properties defaults = new Properties();
    try (InputStream file =
        getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
      defaults.load(file);
    }
    List<String> wrong = new ArrayList<>();
    for (String name : defaults.stringPropertyNames()) {
      String value = defaults.getProperty(name);
      boolean isSaid =
          rows().stream()
              .filter(row -> row.code(0).contains(name))
              .anyMatch(row ->
                  List.of(row.cells().get(1).replace("`", "").split("[ ,]+")).contains(value)
                      || row.cells().get(1).contains("`" + value + "`"));
      if (!isSaid) {
        wrong.add(name + "=" + value);
      }
    }

    assertThat(defaults).isNotEmpty();
    assertThat(wrong).isEmpty();
  }

  /** The manifests' ConfigMap names what a run reads, and nothing else. */
  @Test
  void theSmallestConfigurationNamesWhatIsRequired() {
    DocsPage smallest = DocsPage.of("docs/configuration.md").section("## Smallest configuration");

    assertThat(smallest.rows().stream().map(row -> row.code(0).getFirst()))
        .containsExactlyInAnyOrder(
            "DB_URL",
            "DNSBL_ZONES",
            "JIRA_SERVER",
            "JIRA_USER",
            "JIRA_API_TOKEN",
            "JIRA_PROJECT",
            "JIRA_ISSUE_TYPE",
            "JIRA_DNS_FAILURE_ISSUE_TYPE");
  }
}
