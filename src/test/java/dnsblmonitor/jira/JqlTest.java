package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JqlTest {

  @Test
  void openTicketsAreOneQuery() {
    assertThat(Jql.openTickets("OPS", List.of("Done", "Closed"), true))
        .isEqualTo(
            "(labels = \"dnsbl-monitor\" OR project = \"OPS\" AND (summary ~ \"blacklisted\")) AND statusCategory != Done AND status NOT IN (\"Done\", \"Closed\") ORDER BY created DESC");
  }

  @Test
  void withoutLabelsAlertsAreFoundByTheirSummary() {
    assertThat(Jql.openTickets("OPS", List.of(), false))
        .isEqualTo(
            "(labels = \"dnsbl-monitor\" OR project = \"OPS\" AND (summary ~ \"blacklisted\" OR summary ~ \"\\\"DNS Infrastructure Failure Detected\\\"\" OR summary ~ \"\\\"Mass listing held back\\\"\")) AND statusCategory != Done ORDER BY created DESC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Done|\"Done\"",
        "a\"b|\"a\\\"b\"",
        "a\\|\"a\\\\\"",
        "\") OR (project = \"X|\"\\\") OR (project = \\\"X\"",
      })
  void textsCannotLeaveTheirQuotes(String text, String quoted) {
    assertThat(Jql.quoted(text)).isEqualTo(quoted);
  }

  @Test
  void controlCharactersBecomeBlanks() {
    assertThat(Jql.quoted("a\nb\u0000c")).isEqualTo("\"a b c\"");
  }
}
