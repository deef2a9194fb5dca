package dnsblmonitor.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Markdown page that people read: one at the top of the project, or one of {@code docs}. */
public record DocsPage(Path path, List<String> lines) {

  private static final String FENCE = "```";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

  /** A row of a table: what is in its cells. */
  public record Row(List<String> cells) {

    /** The code spans of a cell, counted from 0. */
    public List<String> code(int cell) {
      return DocsPage.code(cells.get(cell));
    }
  }

  public DocsPage {
    lines = List.copyOf(lines);
  }

  public static DocsPage of(String path) {
    return new DocsPage(Path.of(path), ProjectFiles.read(Path.of(path)).lines().toList());
  }

  /** All pages but the history of changes, which may name what is gone. */
  public static List<DocsPage> all() {
    return ProjectFiles.below("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs").stream()
        .map(Path::toString)
        .map(DocsPage::of)
        .toList();
  }

  /** The lines of each fenced block whose first line says {@code language}, indented or not. */
  public List<List<String>> blocks(String language) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    boolean inside = false;
    boolean wanted = false;
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith(FENCE)) {
        if (inside && wanted) {
          blocks.add(List.copyOf(block));
        }
        block.clear();
        wanted = !inside && text.equals(FENCE + language);
        inside = !inside;
      } else if (inside) {
        block.add(line.startsWith("   ") ? text : line);
      }
    }
    return blocks;
  }

  /** The names behind the fences of shell blocks: {@code sh}, {@code sh serve} and others. */
  public Set<String> shells() {
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.matches(FENCE + "sh\\b.*"))
        .map(line -> line.substring(FENCE.length()))
        .collect(Collectors.toSet());
  }

  /** The page without its fenced blocks. */
  public String prose() {
    List<String> prose = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.strip().startsWith(FENCE)) {
        inside = !inside;
      } else if (!inside) {
        prose.add(line);
      }
    }
    return String.join("\n", prose);
  }

  public String text() {
    return String.join("\n", lines);
  }

  /** The targets of links and pictures, as written. */
  public List<String> links() {
    String withoutCode = CODE.matcher(prose()).replaceAll("code");
    return LINK.matcher(withoutCode).results().map(link -> link.group(1)).toList();
  }

  /** What a link can point at in this page, as GitHub names it. */
  public Set<String> anchors() {
    return prose()
        .lines()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> anchor(line.replaceFirst("#+ ", "")))
        .collect(Collectors.toSet());
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  /** The lines below a heading, up to the next one of the same or a higher level. */
  public DocsPage section(String heading) {
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new AssertionError("%s has no '%s'".formatted(path, heading));
    }
    int level = heading.indexOf(' ');
    List<String> section =
        lines.subList(start + 1, lines.size()).stream()
            .takeWhile(line -> !line.matches("#{1,%d} .*".formatted(level)))
            .toList();
    return new DocsPage(path, section);
  }

  /** The rows of all tables, without their heads. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<String> prose = prose().lines().toList();
    for (int i = 0; i < prose.size(); i++) {
      String line = prose.get(i).strip();
      boolean isHead = i + 1 < prose.size() && prose.get(i + 1).strip().matches("\\|[ :|-]+\\|");
      if (line.startsWith("|") && !line.matches("\\|[ :|-]+\\|") && !isHead) {
        rows.add(
            new Row(
                Arrays.stream(line.substring(1).split("(?<!\\\\)\\|"))
                    .map(String::strip)
                    .toList()));
      }
    }
    return rows;
  }

  /** The code spans of {@code text}. */
  public static List<String> code(String text) {
    return CODE.matcher(text).results().map(code -> code.group(1)).toList();
  }

  /** The code spans of the prose. */
  public List<String> code() {
    return code(prose().replace('\n', ' '));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
