package dnsblmonitor.jira;

import static dnsblmonitor.jira.Wire.JSON;

import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Block;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Preformatted;
import dnsblmonitor.domain.TicketText.Table;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes texts as Atlassian Document Format, version 1 (its "Document structure" page). Every text
 * becomes a text node, so nothing in it acts as markup; an empty text node is invalid and left out.
 */
final class Adf {

  /**
   * "It exceeds the allowed limit of 32,767 characters" (JRACLOUD-68949). Held against the JSON of
   * the document, which is never shorter than its text.
   */
  static final int MAX_TEXT_LENGTH = 32_767;

  /** Also the line ends of Java's regular expressions, of which Jira's renderers are made. */
  private static final Pattern NOT_FOR_TEXT =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029&&[^\\n\\t]]|\\p{Cs}");

  static final String CUT = "(Cut: longer than Jira takes.)";

  private final JsonArrayBuilder content = JSON.createArrayBuilder();
  private int left =
      MAX_TEXT_LENGTH
          - doc(JSON.createArrayBuilder()).toString().length()
          - size(paragraph(CUT, Optional.empty()));

  private Adf() {}

  /** The document of {@code text}, cut with a note if it is too long. */
  static JsonObject document(TicketText text) {
    Adf adf = new Adf();
    boolean whole = text.blocks().stream().allMatch(adf::add);
    if (!whole) {
      adf.content.add(paragraph(CUT, Optional.empty()));
    }
    return doc(adf.content);
  }

  private static JsonObject doc(JsonArrayBuilder content) {
    return JSON.createObjectBuilder()
        .add("version", 1)
        .add("type", "doc")
        .add("content", content)
        .build();
  }

  /** Adds {@code block}, as far as it fits; whether it fitted whole. */
  private boolean add(Block block) {
    return switch (block) {
      case Paragraph(String text) -> addText(text, false);
      case Preformatted(String text) -> addText(text, true);
      case Table table -> addTable(table);
    };
  }

  /** A text that does not fit is cut: log lines at their start, so that the last ones stay. */
  private boolean addText(String text, boolean log) {
    String shown = clean(text);
    if (addIfFits(log ? codeBlock(shown) : paragraph(shown, Optional.empty()), content)) {
      return true;
    }
    int low = 0;
    int high = Math.min(shown.length(), left);
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (size(cut(shown, middle, log)) <= left) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (low > 0) {
      addIfFits(cut(shown, low, log), content);
    }
    return false;
  }

  /** A part of {@code length} characters of {@code text}; of log lines, whole last lines. */
  private static JsonObject cut(String text, int length, boolean log) {
    if (!log) {
      return paragraph(clean(text.substring(0, length)), Optional.empty());
    }
    int start = text.length() - length;
    int line = start == 0 ? 0 : text.indexOf('\n', start - 1) + 1;
    boolean whole = start == 0 || (line > 0 && line < text.length());
    return codeBlock(whole ? text.substring(line) : clean(text.substring(start)));
  }

  private boolean addTable(Table table) {
    int before = left;
    left -= size(node("table", JSON.createArrayBuilder()));
    JsonArrayBuilder rows = JSON.createArrayBuilder();
    boolean headed = table.header().stream().anyMatch(text -> !text.isBlank());
    List<Cell> header = table.header().stream().map(Cell::of).toList();
    boolean whole =
        (!headed || addIfFits(row("tableHeader", header), rows))
            && table.rows().stream().allMatch(cells -> addIfFits(row("tableCell", cells), rows));
    JsonArray built = rows.build();
    if (built.isEmpty()) {
      left = before;
    } else {
      content.add(node("table", JSON.createArrayBuilder(built)));
    }
    return whole;
  }

  private boolean addIfFits(JsonObject node, JsonArrayBuilder to) {
    if (size(node) > left) {
      return false;
    }
    left -= size(node);
    to.add(node);
    return true;
  }

  private static int size(JsonObject node) {
    return node.toString().length() + ",".length();
  }

  private static JsonObject row(String cellType, List<Cell> cells) {
    JsonArrayBuilder row = JSON.createArrayBuilder();
    for (Cell cell : cells) {
      JsonObject text = paragraph(clean(cell.text()), cell.link());
      row.add(node(cellType, JSON.createArrayBuilder().add(text)));
    }
    return node("tableRow", row);
  }

  private static JsonObject paragraph(String text, Optional<URI> link) {
    JsonArrayBuilder inline = JSON.createArrayBuilder();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        inline.add(JSON.createObjectBuilder().add("type", "hardBreak"));
      }
      if (!lines.get(i).isEmpty()) {
        inline.add(text(lines.get(i), link));
      }
    }
    return node("paragraph", inline);
  }

  private static JsonObjectBuilder text(String text, Optional<URI> link) {
    JsonObjectBuilder node = JSON.createObjectBuilder().add("type", "text").add("text", text);
    link.ifPresent(uri -> node.add("marks", JSON.createArrayBuilder().add(link(uri))));
    return node;
  }

  private static JsonObjectBuilder link(URI uri) {
    return JSON.createObjectBuilder()
        .add("type", "link")
        .add("attrs", JSON.createObjectBuilder().add("href", uri.toString()));
  }

  private static JsonObject codeBlock(String text) {
    JsonArrayBuilder inline = JSON.createArrayBuilder();
    if (!text.isEmpty()) {
      inline.add(text(text, Optional.empty()));
    }
    return node("codeBlock", inline);
  }

  private static JsonObject node(String type, JsonArrayBuilder content) {
    return JSON.createObjectBuilder().add("type", type).add("content", content).build();
  }

  /** Replaces control characters and lone surrogates: a TXT record may hold any bytes. */
  static String clean(String text) {
    return NOT_FOR_TEXT.matcher(text.replace("\r\n", "\n")).replaceAll("\uFFFD");
  }
}
