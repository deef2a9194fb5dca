package dnsblmonitor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.ProjectFiles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A rule that a comment cites can be looked up. */
class DocsRequirementsTest {

  private static final Pattern CITED = Pattern.compile("\\bR\\d{1,2}[a-f]?\\b");
  private static final Pattern RULE = Pattern.compile("(?m)^\\*\\*(R\\d+[a-f]?)\\*\\*");

  @Test
  void everyCitedRuleIsOnThePage() {
    Set<String> cited = new TreeSet<>();
    ProjectFiles.below("src", "kubernetes", ".ci", "pom.xml", "Dockerfile")
        .forEach(file ->
            CITED
                .matcher(ProjectFiles.read(file))
                .results()
                .map(MatchResult::group)
                .forEach(cited::add));
    List<String> rules =
        RULE.matcher(DocsPage.of("docs/requirements.md").text())
            .results()
            .map(rule -> rule.group(1))
            .toList();

    assertThat(rules).doesNotHaveDuplicates().containsAll(cited);
    assertThat(cited).hasSizeGreaterThan(50);
  }
}
