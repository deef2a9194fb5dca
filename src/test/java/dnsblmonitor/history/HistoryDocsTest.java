package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.ProjectFiles;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/history.md names the tables as they are, and messages as they are written. */
class HistoryDocsTest {

  private static final DocsPage PAGE = DocsPage.of("docs/history.md");

  @Test
  void everyTableIsDescribed() {
    assertThat(PAGE.section("## Tables").rows().stream().map(row -> row.code(0).getFirst()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(HistorySchema.TABLES.stream(), Stream.of(HistorySchema.VERSIONS))
                .toList());
  }

  @Test
  void everyCauseIsAMessageOfTheProgram() {
    String source =
        ProjectFiles.below("src/main/java/dnsblmonitor/history").stream()
            .map(ProjectFiles::read)
            .collect(Collectors.joining());
    List<String> messages =
        PAGE.section("## history_failed").rows().stream()
            .flatMap(row -> row.code(0).stream())
            .flatMap(message -> Stream.of(message.split("\\.\\.\\.|10 s")))
            .map(String::strip)
            .toList();

    assertThat(messages)
        .hasSizeGreaterThan(10)
        .allSatisfy(message -> assertThat(source.replaceAll("%[ds]", "")).contains(message));
  }
}
