package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The text of a ticket or comment, independent of Jira's formats; contains plain text only. */
public record TicketText(List<Block> blocks) {

  /** A part of the text. */
  public sealed interface Block {}

  public record Paragraph(String text) implements Block {}

  /** Preformatted text, such as log lines. */
  public record Preformatted(String text) implements Block {}

  /** A table; each row has as many cells as the header. */
  public record Table(List<String> header, List<List<Cell>> rows) implements Block {
    public Table {
      header = List.copyOf(header);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** One cell, with an optional link. */
  public record Cell(String text, Optional<URI> link) {
    public static Cell of(String text) {
      return new Cell(text, Optional.empty());
    }
  }

  public TicketText {
    blocks = List.copyOf(blocks);
  }

  public static TicketText of(Block... blocks) {
    return new TicketText(List.of(blocks));
  }

  /** The text for a log: one line per paragraph or table row. */
  public String plain() {
    return blocks.stream().map(TicketText::plain).collect(joining("\n"));
  }

  private static String plain(Block block) {
    return switch (block) {
      case Paragraph(String text) -> text;
      case Preformatted(String text) -> text;
      case Table(_, var rows) ->
          rows.stream()
              .map(row -> row.stream().map(Cell::text).collect(joining(" | ")))
              .collect(joining("\n"));
    };
  }
}
