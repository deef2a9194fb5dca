package dnsblmonitor.jira;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Block;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Preformatted;
import dnsblmonitor.domain.TicketText.Table;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes texts as wiki text, for Data Center (R29), as {@link Adf} does for Cloud. Every text is
 * escaped, so that nothing in it acts as markup.
 */
final class WikiText {

  private static final String NOTE = WikiEscapes.of(Adf.CUT);
  private static final String BETWEEN_BLOCKS = "\n\n";
  private static final String BEGIN_LOG = "{noformat}\n";
  private static final String END_LOG = "\n{noformat}";

  /** Two backslashes are a line break only before a blank. */
  private static final String LINE_BREAK = "\\\\ ";

  private static final String EMPTY_CELL = " ";

  /** What would end the block; in it nothing can be escaped. */
  private static final Pattern NOFORMAT = Pattern.compile("(?i)(\\{\\s*no)(?=format)");

  private static final char ZERO_WIDTH_SPACE = '\u200b';
  private static final Pattern NOT_IN_URL = Pattern.compile("[\\s\\[\\]{}|!^~*()\\\\\"<>]");

  private final StringBuilder wiki = new StringBuilder();

  private WikiText() {}

  /** The wiki text of {@code text}, cut with a note if it is too long. */
  static String of(TicketText text) {
    WikiText wiki = new WikiText();
    boolean whole = text.blocks().stream().allMatch(wiki::add);
    if (!whole) {
      wiki.append(NOTE);
    }
    return wiki.wiki.toString();
  }

  private boolean add(Block block) {
    return switch (block) {
      case Paragraph(String text) -> addText(text);
      case Preformatted(String text) -> addLog(text);
      case Table table -> addTable(table);
    };
  }

  private boolean addText(String text) {
    List<String> pieces = WikiEscapes.pieces(Adf.clean(text));
    StringBuilder part = new StringBuilder();
    int left = left();
    int count = 0;
    while (count < pieces.size() && part.length() + pieces.get(count).length() <= left) {
      part.append(pieces.get(count++));
    }
    boolean whole = count == pieces.size();
    if (!whole && count > 0 && WikiEscapes.isBare(pieces.get(count - 1))) {
      part.setLength(part.length() - 1); // it is within a word no more
    }
    append(part.toString());
    return whole;
  }

  /** Lines that do not fit are left out at the start, so that the last ones stay. */
  private boolean addLog(String text) {
    String shown = NOFORMAT.matcher(Adf.clean(text)).replaceAll("$1" + ZERO_WIDTH_SPACE);
    int room = left() - BEGIN_LOG.length() - END_LOG.length();
    boolean whole = shown.length() <= room;
    String part = whole ? shown : lastLines(shown, Math.max(room, 0));
    if (!part.isEmpty()) {
      append(BEGIN_LOG + part + END_LOG);
    }
    return whole;
  }

  /** Whole last lines, or the end of the last one, at most {@code length} characters. */
  private static String lastLines(String text, int length) {
    int start = text.length() - length;
    int line = text.indexOf('\n', start - 1) + 1;
    if (line > 0 && line < text.length()) {
      return text.substring(line);
    }
    boolean torn = start < text.length() && Character.isLowSurrogate(text.charAt(start));
    return text.substring(torn ? start + 1 : start);
  }

  private boolean addTable(Table table) {
    List<String> rows = new ArrayList<>();
    if (table.header().stream().anyMatch(text -> !text.isBlank())) {
      rows.add(row("||", table.header().stream().map(Cell::of).toList()));
    }
    table.rows().forEach(cells -> rows.add(row("|", cells)));
    StringBuilder part = new StringBuilder();
    int left = left();
    int count = 0;
    while (count < rows.size() && part.length() + 1 + rows.get(count).length() <= left) {
      part.append(count == 0 ? "" : "\n").append(rows.get(count++));
    }
    append(part.toString());
    return count == rows.size();
  }

  private static String row(String bar, List<Cell> cells) {
    return cells.stream().map(WikiText::cell).collect(joining(bar, bar, bar));
  }

  private static String cell(Cell cell) {
    String text =
        Adf.clean(cell.text())
            .strip()
            .lines()
            .map(line -> line.isBlank() ? "" : linked(WikiEscapes.of(line.strip()), cell))
            .collect(joining(LINE_BREAK));
    return text.isEmpty() ? EMPTY_CELL : text;
  }

  private static String linked(String text, Cell cell) {
    return cell.link().map(uri -> "[" + text + "|" + url(uri) + "]").orElse(text);
  }

  /** For a link: what could end it, or act as markup, percent-encoded. */
  private static String url(URI uri) {
    return NOT_IN_URL
        .matcher(uri.toASCIIString())
        .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
  }

  private void append(String block) {
    if (!block.isBlank()) {
      wiki.append(wiki.isEmpty() ? "" : BETWEEN_BLOCKS).append(block);
    }
  }

  /** The room for a block, with the note after it. */
  private int left() {
    int taken = wiki.isEmpty() ? 0 : wiki.length() + BETWEEN_BLOCKS.length();
    return Adf.MAX_TEXT_LENGTH - taken - BETWEEN_BLOCKS.length() - NOTE.length();
  }
}
