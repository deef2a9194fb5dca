package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeWikiTest {

  @Test
  void paragraphsAndLineBreaksAreLines() {
    assertThat(FakeWiki.plain("one\ntwo\n\nthree\r\n\r\n")).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void aTableIsALineForEachRow() {
    assertThat(
            FakeWiki.plain(
                "See:\n||Zone||Answer||\n|[bl.example.org|https://example.org/?q]| |\n|a\\|b|one\\\\ two|"))
        .isEqualTo("See:\nZone | Answer\nbl.example.org | \na|b | one\ntwo");
  }

  @Test
  void whatIsNotFormattedIsTakenAsItIs() {
    assertThat(FakeWiki.plain("Log:\n{noformat}\n{\"event\":[1]}\n\n* \\* &#42;\n{noformat}\nend"))
        .isEqualTo("Log:\n{\"event\":[1]}\n\n* \\* &#42;\nend");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      textBlock =
          """
          \\*bold\\* \\[x\\] \\{y\\} # *bold* [x] {y}
          C:\\dir                   # C:\\dir
          a-b, 2026-11-23, x_y, a+b # a-b, 2026-11-23, x_y, a+b
          one - two, 50 % of 3 * 4  # one - two, 50 % of 3 * 4
          Done! Sure? a | b         # Done! Sure? a | b
          2001:db8::1:Dead          # 2001:db8::1:Dead
          """)
  void plainTextAndEscapesArriveAsText(String wiki, String text) {
    assertThat(FakeWiki.plain(wiki)).isEqualTo(text);
  }

  @Test
  void aCharacterMayBeReferredTo() {
    assertThat(FakeWiki.plain("&#98;q.example.org &#58;D R&D")).isEqualTo("bq.example.org :D R&D");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*bold*",
        "a (_b_)",
        "+3 more",
        "-gone-",
        "x^2 ^y",
        "~sub",
        "??who??",
        "!image.png!",
        "{code}",
        "a}",
        "[x]",
        "[~user]",
        "[x|nowhere]",
        "h1.example.org",
        "  h3. Title",
        "bq. said",
        "* item",
        "- item",
        "# item",
        "----",
        "one -- two",
        "xn--a.example, xn--b.example",
        "fine :)",
        "sad :(",
        "wink ;)",
        "ends in :D",
        "tongue :P!",
        "(/)",
        "(x)",
        "(!)",
        "zone(i)",
        "(y)",
        "(n)",
        "(on)",
        "(off)",
        "&lt;b&gt;",
        "&#x41;",
        "a\\\\b",
        "{noformat}never ends",
        "{noformat}a{noformat} b",
        "|no end",
        "|a|b\nc|",
        "|a||b|",
        "||a|b||",
        "|- item|",
        "|a\\\\b\\-c|",
        "nul \u0000"
      })
  void liveMarkupIsRefused(String wiki) {
    assertThatThrownBy(() -> FakeWiki.plain(wiki)).isInstanceOf(IllegalArgumentException.class);
  }
}
