package dnsblmonitor.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of JQL as the monitor speaks, parsed strictly: anything else is a 400. */
final class FakeJql {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|!=|[=~(),]|[A-Za-z][A-Za-z0-9_-]*)");

  private final List<String> tokens = new ArrayList<>();
  private final Set<String> projects;
  private final Map<String, String> statuses;
  private int at;

  private FakeJql(String jql, Set<String> projects, Map<String, String> statuses) {
    this.projects = projects;
    this.statuses = statuses;
    Matcher matcher = TOKEN.matcher(jql.strip());
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    check(end == jql.strip().length(), "Error in the JQL Query at character " + end);
  }

  /**
   * What {@code jql} finds.
   *
   * @param statuses the key of the category of each
   * @throws IllegalArgumentException with the text of the 400
   */
  static Predicate<FakeJiraIssue> parse(
      String jql, Set<String> projects, Map<String, String> statuses) {
    FakeJql parser = new FakeJql(jql, projects, statuses);
    check(!parser.next("ORDER"), "Unbounded JQL queries are not allowed here.");
    Predicate<FakeJiraIssue> found = parser.or();
    if (parser.skip("ORDER")) {
      parser.expect("BY");
      parser.expect("created");
      parser.expect("DESC");
    }
    check(parser.at == parser.tokens.size(), "Expecting the end of the JQL query");
    return found;
  }

  private Predicate<FakeJiraIssue> or() {
    Predicate<FakeJiraIssue> left = and();
    while (skip("OR")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<FakeJiraIssue> and() {
    Predicate<FakeJiraIssue> left = clause();
    while (skip("AND")) {
      left = left.and(clause());
    }
    return left;
  }

  private Predicate<FakeJiraIssue> clause() {
    if (skip("(")) {
      Predicate<FakeJiraIssue> inner = or();
      expect(")");
      return inner;
    }
    String field = take().toLowerCase(Locale.ROOT);
    return switch (field) {
      case "project" -> {
        expect("=");
        String key = string();
        check(
            projects.contains(key),
            "The value '%s' does not exist for the field 'project'.".formatted(key));
        yield issue -> issue.project.equals(key);
      }
      case "status" -> status();
      case "statuscategory" -> {
        expect("!=");
        expect("Done"); // its name in every language
        yield issue -> !"done".equals(statuses.get(issue.status));
      }
      case "labels" -> {
        expect("=");
        String label = string();
        yield issue -> issue.labels.stream().anyMatch(label::equalsIgnoreCase);
      }
      case "summary" -> {
        expect("~");
        yield fuzzy(string());
      }
      default -> throw new IllegalArgumentException("Field '%s' does not exist".formatted(field));
    };
  }

  private Predicate<FakeJiraIssue> status() {
    boolean not = skip("NOT");
    expect("IN");
    expect("(");
    List<String> names = new ArrayList<>();
    do {
      String name = string();
      check(
          statuses.keySet().stream().anyMatch(name::equalsIgnoreCase),
          "The value '%s' does not exist for the field 'status'.".formatted(name));
      names.add(name);
    } while (skip(","));
    expect(")");
    return issue -> names.stream().anyMatch(issue.status::equalsIgnoreCase) != not;
  }

  /** Any word that starts alike will do: a text search returns more than it was asked for. */
  private static Predicate<FakeJiraIssue> fuzzy(String text) {
    List<String> stems =
        Pattern.compile("[a-z0-9]+")
            .matcher(text.toLowerCase(Locale.ROOT))
            .results()
            .map(word -> word.group().substring(0, Math.min(5, word.group().length())))
            .toList();
    return issue -> stems.stream().anyMatch(issue.summary.toLowerCase(Locale.ROOT)::contains);
  }

  private String string() {
    String token = take();
    check(token.startsWith("\""), "Expecting a string but got '%s'".formatted(token));
    return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private String take() {
    check(at < tokens.size(), "Unexpected end of the JQL query");
    return tokens.get(at++);
  }

  private void expect(String token) {
    String got = take();
    check(got.equalsIgnoreCase(token), "Expecting '%s' but got '%s'".formatted(token, got));
  }

  private boolean next(String token) {
    return at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
  }

  private boolean skip(String token) {
    boolean there = next(token);
    at += there ? 1 : 0;
    return there;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
