package dnsblmonitor.testing;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an ADF document as strictly as Jira does, and gives its plain text. */
final class FakeAdf {

  private static final int LONGEST = 32_767;

  /** Which nodes may stand in which. */
  private static final Map<String, Set<String>> CHILDREN =
      Map.of(
          "doc", Set.of("paragraph", "codeBlock", "table"),
          "paragraph", Set.of("text", "hardBreak"),
          "codeBlock", Set.of("text"),
          "table", Set.of("tableRow"),
          "tableRow", Set.of("tableHeader", "tableCell"),
          "tableHeader", Set.of("paragraph", "codeBlock"),
          "tableCell", Set.of("paragraph", "codeBlock"),
          "text", Set.of(),
          "hardBreak", Set.of());

  /** These must not be empty. */
  private static final Set<String> NEVER_EMPTY =
      Set.of("table", "tableRow", "tableHeader", "tableCell");

  private FakeAdf() {}

  /**
   * The text of {@code document}.
   *
   * @throws IllegalArgumentException where it is no valid document
   */
  static String plain(JsonValue document) {
    check(document instanceof JsonObject, "Operation value must be an Atlassian Document");
    JsonObject doc = document.asJsonObject();
    check(doc.getInt("version", 0) == 1, "version must be 1");
    check(doc.getString("type", "").equals("doc"), "must be a doc");
    check(doc.toString().length() <= LONGEST, "The entered text is too long.");
    return text(doc);
  }

  private static String text(JsonObject node) {
    String type = node.getString("type", "");
    check(CHILDREN.containsKey(type), "unknown node " + type);
    Set<String> allowed = CHILDREN.getOrDefault(type, Set.of());
    if (type.equals("text")) {
      return leaf(node);
    }
    if (type.equals("hardBreak")) {
      return "\n";
    }
    JsonArray content = node.getJsonArray("content");
    check(content != null, type + " without content");
    check(!content.isEmpty() || !NEVER_EMPTY.contains(type), type + " is empty");
    List<String> parts =
        content.stream().map(child -> child(type, allowed, child.asJsonObject())).toList();
    String separator =
        switch (type) {
          case "doc", "table" -> "\n";
          case "tableRow" -> " | ";
          default -> "";
        };
    return parts.stream().collect(joining(separator));
  }

  private static String child(String type, Set<String> allowed, JsonObject child) {
    String childType = child.getString("type", "");
    check(allowed.contains(childType), childType + " in " + type);
    check(!type.equals("codeBlock") || !child.containsKey("marks"), "marks in codeBlock");
    return text(child);
  }

  private static String leaf(JsonObject node) {
    String text = node.getString("text", "");
    check(!text.isEmpty(), "empty text node");
    check(text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t'), "control character");
    for (JsonValue mark :
        node.containsKey("marks") ? node.getJsonArray("marks") : List.<JsonValue>of()) {
      check(mark.asJsonObject().getString("type", "").equals("link"), "unknown mark");
      JsonObject attrs = mark.asJsonObject().getJsonObject("attrs");
      check(attrs.get("href") instanceof JsonString, "link without href");
      check(URI.create(attrs.getString("href")).isAbsolute(), "link goes nowhere");
    }
    return text;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("INVALID_INPUT: " + otherwise);
    }
  }
}
