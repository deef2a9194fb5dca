package dnsblmonitor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever README and docs point at is there. */
class DocsLinksTest {

  /** Folders of the project, and of the distribution, whose files pages name as code. */
  private static final List<String> PROJECT =
      List.of("compose", "kubernetes", "examples", "docs", "src", ".ci");

  private static final List<String> DISTRIBUTION =
      List.of("ddl", "monitoring", "schema", "systemd");
  private static final Pattern PAGE_NAME = Pattern.compile("docs/[a-z-]+\\.(?:md|png)");

  static List<DocsPage> pages() {
    List<DocsPage> pages = new ArrayList<>(DocsPage.all());
    pages.add(DocsPage.of("CHANGELOG.md"));
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkHasItsFileAndItsHeading(DocsPage page) {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String file = link.replaceFirst("#.*", "");
      Path folder = Objects.requireNonNullElse(page.path().getParent(), Path.of(""));
      Path target = file.isEmpty() ? page.path() : folder.resolve(file).normalize();
      boolean isThere =
          Files.exists(target)
              && (!link.contains("#")
                  || DocsPage.of(target.toString())
                      .anchors()
                      .contains(link.substring(link.indexOf('#') + 1)));
      if (!isThere) {
        broken.add(link);
      }
    }

    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFileThatIsNamedIsThere(DocsPage page) {
    assertThat(page.code().stream().filter(DocsLinksTest::isPath))
        .allSatisfy(name -> {
          String top = name.substring(0, name.indexOf('/'));
          Path path =
              DISTRIBUTION.contains(top) ? Path.of("src/main/distribution", name) : Path.of(name);
          assertThat(path).exists();
        });
  }

  private static boolean isPath(String code) {
    return code.matches("[\\w.-]+(?:/[\\w.-]+)+")
        && Stream.concat(PROJECT.stream(), DISTRIBUTION.stream())
            .anyMatch(top -> code.startsWith(top + "/"));
  }

  @Test
  void theReadmeLeadsToEveryPage() {
    Set<String> linked = new TreeSet<>();
    DocsPage.of("README.md").links().forEach(link -> linked.add(link.replaceFirst("#.*", "")));

    assertThat(linked)
        .contains("docs/serve.png", "docs/ticket.png")
        .containsAll(ProjectFiles.below("docs").stream().map(Path::toString).toList());
  }

  /** Messages, manifests and comments name pages as well. */
  @Test
  void everyPageThatFilesOfTheProjectNameIsThere() {
    Set<String> named = new TreeSet<>();
    ProjectFiles.below("src", "compose", "kubernetes", "examples", "Dockerfile", ".env.example")
        .forEach(file ->
            PAGE_NAME
                .matcher(ProjectFiles.read(file))
                .results()
                .map(MatchResult::group)
                .forEach(named::add));

    assertThat(named)
        .contains("docs/configuration.md")
        .allSatisfy(page -> assertThat(Path.of(page)).exists());
  }

  @Test
  void theReadmeIsNoLongerThanItSays() {
    assertThat(DocsPage.of("README.md").lines()).hasSizeBetween(150, 200);
  }
}
