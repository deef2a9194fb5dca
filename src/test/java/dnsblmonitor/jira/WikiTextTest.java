package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Preformatted;
import dnsblmonitor.domain.TicketText.Table;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R29: what Data Center gets is markup of ours around text that is none. */
class WikiTextTest {

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\([!\\[\\]^~+?%{}()*_\\-|@#])|&#(\\d+);");
  private static final Pattern ACTS =
      Pattern.compile(
          "[!\\[\\]^~?%{}()*|@#\\\\&]|(?<![\\p{L}\\p{Nd}])[-+_]|[-+_](?![\\p{L}\\p{Nd}])"
              + "|[:;][DPp]|://|(?i:mailto:)|(?m:^\\s*(?i:h[1-6]|bq)\\.)");

  /** An empty one, and there is one, stands for a blank. */
  private static final List<String> HOSTILE =
      List.of(
          ("\\ \\\\ & &#92; &amp; ! [ ] ^ ~ + ? ?? % { } ( ) * _ - ---- | || @ # h1. h6. bq. :D ;p"
                  + " :) :// mailto: {code} {noformat} {NoFormat:x=y} { noformat}  a Z é 7 😀 <b> \""
                  + " bl-x.example.org \u2028 \u0085 \u0000 \u001b \ud83d \ude00 \t \n \n\n \r\n")
              .split(" "));

  private static String wiki(TicketText.Block... blocks) {
    return WikiText.of(TicketText.of(blocks));
  }

  /** Our half of the renderer: what it shows for escaped text; fails where something would act. */
  private static String shown(String escaped) {
    assertThat(ESCAPE.matcher(escaped).replaceAll("\u00b7"))
        .as("escaped as %s", escaped)
        .doesNotContainPattern(ACTS);
    return ESCAPE
        .matcher(escaped)
        .replaceAll(found -> {
          String character =
              found.group(1) != null
                  ? found.group(1)
                  : Character.toString(Integer.parseInt(found.group(2)));
          return Matcher.quoteReplacement(character);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          bl-x.example.org     → bl-x.example.org
          a_b+c                → a_b+c
          `a - b`              → `a \\- b`
          ----                 → \\-\\-\\-\\-
          `- item`             → `\\- item`
          -deleted-            → \\-deleted\\-
          *bold*               → \\*bold\\*
          _em_                 → \\_em\\_
          {code}               → \\{code\\}
          [x|http://y]         → \\[x\\|http&#58;//y\\]
          !image.png!          → \\!image.png\\!
          \\                   → &#92;
          \\\\                 → &#92;&#92;
          \\*                  → &#92;\\*
          &amp;                → &#38;amp;
          &#124;               → &#38;\\#124;
          `h1. big`            → `&#104;1. big`
          `  h6. big`          → `  &#104;6. big`
          `the h1. is text`    → `the h1. is text`
          `bq. said`           → `&#98;q. said`
          :D;P;p               → &#58;D&#59;P&#59;p
          `: D`                → `: D`
          :)                   → :\\)
          2001:db8::d          → 2001:db8::d
          https://example.org  → https&#58;//example.org
          mailto:a@b           → mailto&#58;a\\@b
          ??cite??             → \\?\\?cite\\?\\?
          100%                 → 100\\%
          #1                   → \\#1
          """)
  void textIsEscapedWhereItWouldAct(String text, String escaped) {
    assertThat(wiki(new Paragraph(text))).isEqualTo(escaped);
    assertThat(shown(escaped)).isEqualTo(text);
  }

  @Test
  void aLineThatLooksLikeAHeadingIsText() {
    assertThat(wiki(new Paragraph("a\nh1. b\nbq. c"))).isEqualTo("a\n&#104;1. b\n&#98;q. c");
  }

  @Test
  void blocksAreApartByAnEmptyLineAndEmptyOnesAreLeftOut() {
    assertThat(
            wiki(
                new Paragraph("a"),
                new Paragraph(""),
                new Preformatted(""),
                new Table(List.of(), List.of()),
                new Paragraph("b")))
        .isEqualTo("a\n\nb");
    assertThat(wiki()).isEmpty();
  }

  @Test
  void aTableHasHeaderCellsAndLinks() {
    Table table =
        new Table(
            List.of("Zone", ""),
            List.of(
                List.of(
                    new Cell("bl.example.org", Optional.of(URI.create("https://example.org/?q=1"))),
                    Cell.of("a|b")),
                List.of(Cell.of(""), Cell.of("two\n\nlines \\"))));

    assertThat(wiki(table))
        .isEqualTo(
            """
            ||Zone|| ||
            |[bl.example.org|https://example.org/?q=1]|a\\|b|
            | |two\\\\ \\\\ lines &#92;|\
            """);
  }

  @Test
  void aBlankHeaderIsLeftOut() {
    Table table = new Table(List.of("", " "), List.of(List.of(Cell.of("Pool"), Cell.of("1"))));

    assertThat(wiki(table)).isEqualTo("|Pool|1|");
  }

  @Test
  void nothingInALinkCanEndIt() {
    Cell cell =
        new Cell("]|x", Optional.of(URI.create("https://example.org/?q[]=a!b*c(d)~%7C&x=é")));

    assertThat(wiki(new Table(List.of(""), List.of(List.of(cell)))))
        .isEqualTo("|[\\]\\|x|https://example.org/?q%5B%5D=a%21b%2Ac%28d%29%7E%7C&x=%C3%A9]|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{noformat}", "{NOFORMAT}", "{noformat:title=x}", "{ noformat}", "\\{noformat}"})
  void aLogCannotEndItsBlock(String end) {
    String wiki = wiki(new Preformatted("before " + end + " *after*\\"));

    assertThat(wiki).startsWith("{noformat}\nbefore ").endsWith(" *after*\\\n{noformat}");
    assertThat(Pattern.compile("(?i)\\{\\s*noformat").matcher(wiki).results()).hasSize(2);
  }

  @Test
  void aLogIsKeptAsItIs() {
    assertThat(wiki(new Preformatted("{\"a\":[1,\"|-\\\\n\"]}\n# {code}")))
        .isEqualTo("{noformat}\n{\"a\":[1,\"|-\\\\n\"]}\n# {code}\n{noformat}");
  }

  @Test
  void controlCharactersAndHalfCharactersAreReplaced() {
    String hostile = "a\u0000b\u001bc\ud800d\ud83d\ude00e\u0085f\u2028g";
    String clean = "a\ufffdb\ufffdc\ufffdd\ud83d\ude00e\ufffdf\ufffdg";

    assertThat(wiki(new Paragraph(hostile))).isEqualTo(clean);
    assertThat(wiki(new Preformatted(hostile))).contains(clean);
    assertThat(wiki(new Table(List.of(hostile), List.of()))).contains(clean);
  }

  @Test
  void aLongTableIsCutBetweenRowsWithANote() {
    List<List<Cell>> rows =
        Collections.nCopies(3_000, List.of(Cell.of("bl-x.example.org"), Cell.of("LISTED")));

    String wiki = wiki(new Table(List.of("Zone", "Answer"), rows), new Paragraph("end"));

    assertThat(wiki)
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 50, Adf.MAX_TEXT_LENGTH)
        .startsWith("||Zone||Answer||\n|bl-x.example.org|LISTED|\n")
        .endsWith("|bl-x.example.org|LISTED|\n\n" + WikiEscapes.of(Adf.CUT))
        .doesNotContain("end");
  }

  @Test
  void ofALongLogTheLastWholeLinesStay() {
    String log = "first line\n" + "x\"y\n".repeat(20_000) + "last line";

    assertThat(wiki(new Paragraph("The log:"), new Preformatted(log)))
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 50, Adf.MAX_TEXT_LENGTH)
        .startsWith("The log:\n\n{noformat}\nx\"y\n")
        .endsWith("x\"y\nlast line\n{noformat}\n\n" + WikiEscapes.of(Adf.CUT))
        .doesNotContain("first line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "\\", "😀", "a😀", "a-", "é\n"})
  void anEndlessTextIsCutBetweenCharacters(String pattern) {
    String paragraph = wiki(new Paragraph(pattern.repeat(40_000)), new Paragraph("end"));
    String log = wiki(new Preformatted(pattern.strip().repeat(40_000)));

    assertThat(paragraph).hasSizeBetween(Adf.MAX_TEXT_LENGTH - 50, Adf.MAX_TEXT_LENGTH);
    assertThat(shown(paragraph)).endsWith("\n\n" + Adf.CUT).doesNotContain("end");
    assertThat(log)
        .hasSizeBetween(Adf.MAX_TEXT_LENGTH - 50, Adf.MAX_TEXT_LENGTH)
        .contains(WikiEscapes.of(Adf.CUT));
    assertThat(List.of(paragraph, log))
        .allSatisfy(wiki -> assertThat(wiki).doesNotContainPattern("\\p{Cs}"));
  }

  @Test
  void whatJustFitsIsWhole() {
    int longest = Adf.MAX_TEXT_LENGTH - WikiEscapes.of(Adf.CUT).length() - 2;

    assertThat(wiki(new Paragraph("a".repeat(longest)))).hasSize(longest);
    assertThat(wiki(new Paragraph("a".repeat(longest + 1)))).hasSize(Adf.MAX_TEXT_LENGTH);
  }

  @RepeatedTest(50)
  void hostileTextsArriveAsText() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String text = hostile(random);
    String cell = hostile(random);

    String paragraph = wiki(new Paragraph(text));
    String table = wiki(new Table(List.of("x"), List.of(List.of(Cell.of(cell)))));

    assertThat(shown(paragraph)).as("seed %d", seed).isEqualTo(blankIsNothing(clean(text)));
    String body = table.substring("||x||\n|".length(), table.length() - 1);
    assertThat(shown(body.replace("\\\\ ", "\n")).strip())
        .as("seed %d", seed)
        .isEqualTo(strippedLines(clean(cell)));
    assertThat(table.lines()).as("seed %d", seed).hasSize(2);
    assertLogStaysInItsBlock(seed, text);
  }

  private static void assertLogStaysInItsBlock(long seed, String text) {
    String log = wiki(new Preformatted(text), new Paragraph("end"));

    assertThat(log).as("seed %d", seed).startsWith("{noformat}\n").endsWith("\n{noformat}\n\nend");
    assertThat(Pattern.compile("(?i)\\{\\s*noformat").matcher(log).results())
        .as("seed %d", seed)
        .hasSize(2);
    assertThat(log.replace("\u200b", "")).as("seed %d", seed).contains(clean(text));
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60) + 1; i > 0; i--) {
      String part = HOSTILE.get(random.nextInt(HOSTILE.size()));
      text.append(part.isEmpty() ? " " : part);
    }
    return text.append('.').toString();
  }

  private static String clean(String text) {
    return text.replace("\r\n", "\n")
        .replaceAll("[\\p{Cntrl}\u0085\u2028\u2029&&[^\n\t]]|\\p{Cs}", "\ufffd");
  }

  private static String blankIsNothing(String text) {
    return text.isBlank() ? "" : text;
  }

  private static String strippedLines(String text) {
    return String.join("\n", text.strip().lines().map(String::strip).toList());
  }
}
