package dnsblmonitor.testing;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * The issues of {@link FakeJira} as plain HTML for people, without a login. Whatever an issue holds
 * is escaped, and only web addresses become links.
 */
record FakeJiraPages(FakeJiraSite site) {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>%1$s</title><style>
      body { font: 15px/1.5 system-ui, sans-serif; color: #172b4d; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      h1 { font-size: 1.4rem; margin: 0 0 .5rem }
      h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem }
      table { border-collapse: collapse; margin: .75rem 0 }
      th, td { border: 1px solid #c1c7d0; padding: .25rem .6rem; text-align: left; vertical-align: top }
      th { background: #f4f5f7 }
      pre { background: #f4f5f7; padding: .75rem; white-space: pre-wrap }
      .facts, footer { color: #505f79 }
      article { border-left: 3px solid #c1c7d0; padding-left: .75rem; margin: .75rem 0 }
      </style></head>
      <body>
      %2$s
      <footer><p>A stand-in for Jira, part of the test environment. It needs no login.</p></footer>
      </body>
      </html>
      """;

  /** The page at {@code path} below {@code /browse}, if there is one: of an issue, or of all. */
  Optional<String> at(String path) {
    return path.isEmpty() ? Optional.of(all()) : site.issue(path.substring(1)).map(this::page);
  }

  private String all() {
    String rows =
        site.issues.values().stream()
            .map(issue ->
                "<tr><td><a href=\"browse/%1$s\">%1$s</a></td><td>%2$s</td><td>%3$s</td></tr>\n"
                    .formatted(escaped(issue.key), escaped(issue.status), escaped(issue.summary)))
            .collect(joining());
    return PAGE.formatted(
        "Tickets",
        "<h1>Tickets</h1>\n"
            + (rows.isEmpty()
                ? "<p>There is no ticket yet.</p>"
                : "<table>\n<tr><th>Key</th><th>Status</th><th>Summary</th></tr>\n%s</table>"
                    .formatted(rows)));
  }

  private String page(FakeJiraIssue issue) {
    String facts =
        "%s &middot; %s &middot; %s &middot; labels: %s"
            .formatted(
                escaped(issue.key),
                escaped(issue.type),
                escaped(issue.status),
                escaped(String.join(", ", issue.labels)));
    String comments =
        issue.bodies.stream()
            .map(it -> "<article>%s</article>\n".formatted(html(it)))
            .collect(joining());
    String files =
        issue.attachments.stream()
            .map(file ->
                "<h2>Attachment %s</h2>\n<pre>%s</pre>\n"
                    .formatted(escaped(file.name()), escaped(file.content())))
            .collect(joining());
    return PAGE.formatted(
        escaped("[%s] %s".formatted(issue.key, issue.summary)),
        "<h1>%s</h1>\n<p class=\"facts\">%s</p>\n%s\n<h2>Comments</h2>\n%s%s"
            .formatted(
                escaped(issue.summary),
                facts,
                html(issue.text),
                comments.isEmpty() ? "<p>None.</p>\n" : comments,
                files));
  }

  /** A description or comment as it was sent: an ADF document, or wiki text as written. */
  private static String html(JsonValue text) {
    return switch (text) {
      case JsonObject document -> node(document);
      case JsonString wiki -> "<pre>%s</pre>".formatted(escaped(wiki.getString()));
      default -> "";
    };
  }

  private static String node(JsonObject node) {
    String type = node.getString("type", "");
    return switch (type) {
      case "text" -> leaf(node);
      case "hardBreak" -> "<br>";
      case "paragraph" -> "<p>%s</p>\n".formatted(children(node));
      case "codeBlock" -> "<pre>%s</pre>\n".formatted(children(node));
      case "table" -> "<table>\n%s</table>\n".formatted(children(node));
      case "tableRow" -> "<tr>%s</tr>\n".formatted(children(node));
      case "tableHeader" -> "<th>%s</th>".formatted(cell(node));
      case "tableCell" -> "<td>%s</td>".formatted(cell(node));
      default -> children(node);
    };
  }

  private static String children(JsonObject node) {
    return FakeJiraJson.objects(node.get("content")).map(FakeJiraPages::node).collect(joining());
  }

  /** Without the space that a paragraph has around itself. */
  private static String cell(JsonObject node) {
    return children(node).replace("<p>", "").replace("</p>\n", "");
  }

  private static String leaf(JsonObject node) {
    String text = escaped(node.getString("text", ""));
    return FakeJiraJson.objects(node.get("marks"))
        .map(mark -> FakeJiraJson.object(mark, "attrs").getString("href", ""))
        .filter(href -> href.matches("https?://.*"))
        .findFirst()
        .map(href -> "<a href=\"%s\">%s</a>".formatted(escaped(href), text))
        .orElse(text);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
