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
            "project = \"OPS\" AND status NOT IN (\"Done\", \"Closed\") AND (labels = \"dnsbl-monitor\" OR summary ~ \"blacklisted\") ORDER BY created DESC");
  }

  @Test
  void withoutLabelsAlertsAreFoundByTheirSummary() {
    assertThat(Jql.openTickets("OPS", List.of(), false))
        .isEqualTo(
            "project = \"OPS\" AND (labels = \"dnsbl-monitor\" OR summary ~ \"blacklisted\" OR summary ~ \"\\\"DNS Infrastructure Failure Detected\\\"\" OR summary ~ \"\\\"Mass listing held back\\\"\") ORDER BY created DESC");
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
