package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Preformatted;
import dnsblmonitor.domain.TicketText.Table;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdfTest {

  private static JsonObject adf(TicketText.Block... blocks) {
    return Adf.document(TicketText.of(blocks));
  }

  @Test
  void aParagraphIsATextNode() {
    assertThat(adf(new Paragraph("Hello")))
        .hasToString(
            "{\"version\":1,\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}]}");
  }

  @Test
  void emptyTextsMakeNoTextNodes() {
    assertThat(adf(new Paragraph(""), new Preformatted("")).toString())
        .doesNotContain("\"text\"")
        .contains("{\"type\":\"paragraph\",\"content\":[]}")
        .contains("{\"type\":\"codeBlock\",\"content\":[]}");
  }

  @Test
  void linesOfAParagraphAreBrokenHard() {
    assertThat(adf(new Paragraph("a\n\nb")).toString())
        .contains(
            "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"hardBreak\"},{\"type\":\"hardBreak\"},{\"type\":\"text\",\"text\":\"b\"}]");
  }

  @Test
  void aTableHasHeaderCellsAndLinks() {
    Table table =
        new Table(
            List.of("Zone"),
            List.of(
                List.of(
                    new Cell(
                        "bl.example.org", Optional.of(URI.create("https://example.org/?q=1"))))));

    assertThat(adf(table).toString())
        .contains("{\"type\":\"tableHeader\",\"content\":[{\"type\":\"paragraph\"")
        .contains(
            "{\"type\":\"text\",\"text\":\"bl.example.org\",\"marks\":[{\"type\":\"link\",\"attrs\":{\"href\":\"https://example.org/?q=1\"}}]}");
  }

  @Test
  void aBlankHeaderIsLeftOut() {
    Table table = new Table(List.of("", ""), List.of(List.of(Cell.of("Pool"), Cell.of("1"))));

    assertThat(adf(table).toString()).doesNotContain("tableHeader").contains("Pool");
  }

  @Test
  void hostileTextsArriveAsText() {
    String hostile = "\"}]},{\"type\":\"media\"} [x|http://example.com] {code} <b>&amp; @all \\";

    JsonObject document = adf(new Paragraph(hostile));

    assertThat(
            document
                .getJsonArray("content")
                .getJsonObject(0)
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text"))
        .isEqualTo(hostile);
  }

  @Test
  void controlCharactersAndHalfCharactersAreReplaced() {
    String text = adf(new Paragraph("a\u0000b\u001bc\ud800d\ud83d\ude00")).toString();

    assertThat(text).contains("a\ufffdb\ufffdc\ufffdd\ud83d\ude00");
  }

  @Test
  void aLongTableIsCutBetweenRowsWithANote() {
    List<List<Cell>> rows =
        Collections.nCopies(1_000, List.of(Cell.of("zone.example.org"), Cell.of("LISTED")));

    JsonObject document = adf(new Table(List.of("Zone", "Answer"), rows), new Paragraph("end"));

    assertThat(document.toString())
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 500, Adf.MAX_TEXT_LENGTH)
        .contains("zone.example.org", Adf.CUT)
        .doesNotContain("\"end\"");
  }

  @Test
  void ofALongLogTheLastWholeLinesStay() {
    String log = "first line\n" + "x\"y\n".repeat(20_000) + "last line";

    assertThat(adf(new Preformatted(log)).toString())
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 500, Adf.MAX_TEXT_LENGTH)
        .contains("\"text\":\"x\\\"y\\n", "last line", Adf.CUT)
        .doesNotContain("first line");
  }

  @Test
  void theEndOfALongLastLineStaysAlsoBeforeALineBreak() {
    String log = "first\n" + "x".repeat(2 * Adf.MAX_TEXT_LENGTH) + "\n";

    assertThat(Adf.document(TicketText.of(new Preformatted(log))).toString())
        .contains("xxx", Adf.CUT)
        .doesNotContain("first");
  }

  @Test
  void oneEndlessLineIsCutInItself() {
    assertThat(adf(new Preformatted("é".repeat(100_000)), new Paragraph("end")).toString())
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 500, Adf.MAX_TEXT_LENGTH)
        .contains(Adf.CUT);
    assertThat(adf(new Paragraph("\"".repeat(100_000))).toString())
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 500, Adf.MAX_TEXT_LENGTH);
  }
}
