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
                    new Holds("configuration", "all variables are valid"),
                    new Warns("zone bl.example.org", "answers, but"),
                    new Fails("zone b", "silent"),
                    new Holds("login", ""))))
        .containsExactly(
            "configuration        ok       all variables are valid",
            "zone bl.example.org  warning  answers, but",
            "zone b               FAILED   silent",
            "login                ok",
            "4 checks: 2 ok, 1 warning, 1 failed");
  }

  @Test
  void whatSomebodyElseWroteStaysOnItsLineAndSpeaksToNoTerminal() {
    assertThat(FindingTable.lines(List.of(new Holds("log\nin", "as \u001b[31mA\r\nB\u202eC % \t"))))
        .containsExactly("log in  ok       as [31mA B C %", "1 checks: 1 ok, 0 warnings, 0 failed");
  }
}
