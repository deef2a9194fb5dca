package dnsblmonitor.testing;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the wiki text of Jira Data Center and gives its plain text, in the shape of {@link
 * FakeAdf}'s. It knows paragraphs, {@code {noformat}} and tables; whatever else Jira would act on
 * is refused, so that a text which passes arrives as it was meant.
 */
final class FakeWiki {

  private static final String NOFORMAT = "{noformat}";

  /** What makes a line, or a table's cell, something else than text. */
  private static final Pattern LIVE_START =
      Pattern.compile("\\s*(?:h[1-6]\\..*|bq\\..*|[*\\-#]+\\s.*|-{4,}\\s*)");

  private FakeWiki() {}

  /**
   * The text of {@code wiki}: a line for each line of a paragraph and row of a table.
   *
   * @throws IllegalArgumentException where markup is live that is none of those
   */
  static String plain(String wiki) {
    List<String> plain = new ArrayList<>();
    String rest = wiki.replace("\r\n", "\n");
    check(
        rest.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t'), "control character", wiki);
    while (!rest.isEmpty()) {
      if (rest.startsWith(NOFORMAT)) {
        int end = rest.indexOf(NOFORMAT, NOFORMAT.length());
        check(end >= 0, "{noformat} without end", rest);
        plain.add(
            rest.substring(NOFORMAT.length(), end).replaceFirst("^\n", "").replaceFirst("\n$", ""));
        rest = rest.substring(end + NOFORMAT.length());
        check(rest.isBlank() || rest.startsWith("\n"), "text behind {noformat}", rest);
        rest = rest.replaceFirst("^\n", "");
      } else {
        String line = rest.lines().findFirst().orElse("");
        rest = rest.substring(Math.min(rest.length(), line.length() + 1));
        if (!line.isBlank()) {
          plain.add(line(line));
        }
      }
    }
    return String.join("\n", plain);
  }

  private static String line(String line) {
    if (line.stripLeading().startsWith("|")) {
      return row(line.strip());
    }
    check(!LIVE_START.matcher(line).matches(), "live at the start of a line", line);
    return FakeWikiLine.plain(line, false);
  }

  private static String row(String row) {
    String bar = row.startsWith("||") ? "||" : "|";
    check(row.endsWith(bar) && row.length() > bar.length(), "a row without end", row);
    List<String> cells = new ArrayList<>();
    int start = bar.length();
    while (start < row.length()) {
      int end = FakeWikiLine.indexOf(bar, row, start);
      check(end > start, "a cell that is no cell of this row", row);
      cells.add(row.substring(start, end));
      start = end + bar.length();
      check(!row.startsWith("|", start), "heading cells and others", row);
    }
    return cells.stream().map(FakeWiki::cell).collect(joining(" | "));
  }

  private static String cell(String cell) {
    String text = cell.strip();
    check(!LIVE_START.matcher(text).matches(), "live at the start of a cell", cell);
    return FakeWikiLine.plain(text, true);
  }

  static void check(boolean holds, String otherwise, String where) {
    if (!holds) {
      throw new IllegalArgumentException("live wiki markup: %s: %s".formatted(otherwise, where));
    }
  }
}
