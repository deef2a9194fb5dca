package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R5b: a table of what holds and what does not. */
class FindingTableTest {

  @Test
  void theColumnsAreAlignedAndTheLastLineCounts() {
    assertThat(
            FindingTable.lines(
                List.of(
                    new Holds("configuration", "every variable can be used"),
                    new Warns("zone bl.example.org", "answers, but"),
                    new Fails("zone b", "silent"),
                    new Holds("login", ""))))
        .containsExactly(
            "configuration        ok       every variable can be used",
            "zone bl.example.org  warning  answers, but",
            "zone b               FAILED   silent",
            "login                ok",
            "1 of 4 checks failed; warnings: 1");
  }

  @Test
  void whatSomebodyElseWroteStaysOnItsLineAndSpeaksToNoTerminal() {
    assertThat(FindingTable.lines(List.of(new Holds("log\nin", "as \u001b[31mA\r\nB\u202eC % \t"))))
        .containsExactly("log in  ok       as [31mA B C %", "0 of 1 checks failed; warnings: 0");
  }
}
