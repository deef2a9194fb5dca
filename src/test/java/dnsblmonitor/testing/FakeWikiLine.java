package dnsblmonitor.testing;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line, or one cell, of {@link FakeWiki}: text, escapes, links.
 *
 * <p>Where Jira acts is taken from its renderer (com.atlassian.renderer.v2.components): a phrase
 * starts with its sign before which is no letter, digit or backslash and behind which is neither a
 * blank nor the same sign; whether it also ends is not asked here. An emoticon is one wherever no
 * letter follows.
 */
final class FakeWikiLine {

  private static final Pattern ESCAPE = Pattern.compile("\\\\([!\\[\\]^~+?%{}()*_\\-|@#])");
  private static final Pattern CHARACTER = Pattern.compile("&#(\\d{1,7});");
  private static final Pattern NAMED_CHARACTER = Pattern.compile("&#?[a-zA-Z0-9]+;");
  private static final Pattern LINK =
      Pattern.compile("\\[((?:[^\\[\\]|\\\\]|\\\\.)+)\\|([^|\\]]+)\\]");
  private static final Pattern PHRASE = Pattern.compile("([*_+\\-^~!])(?!\\1)\\S|\\?\\?[^\\s?]");
  private static final Pattern DASH = Pattern.compile("(?<=^|\\s)---?(?=\\s|$)");
  private static final Pattern EMOTICON =
      Pattern.compile(
          "(?:[:;]-?\\)|:-?\\(|:-?[DP]|\\((?:/|x|!|\\+|-|\\?|i|y|n|on|off|\\*[rgby]?|flag|flagoff)\\))(?![a-zA-Z])");

  private final String line;
  private final boolean inCell;
  private final StringBuilder plain = new StringBuilder();
  private int at;

  private FakeWikiLine(String line, boolean inCell) {
    this.line = line;
    this.inCell = inCell;
  }

  static String plain(String line, boolean inCell) {
    FakeWikiLine reading = new FakeWikiLine(line, inCell);
    while (reading.at < line.length()) {
      reading.step();
    }
    return reading.plain.toString();
  }

  /** Where {@code bar} is next, neither escaped nor in a link; -1 where it is not. */
  static int indexOf(String bar, String line, int start) {
    Matcher link = LINK.matcher(line);
    for (int i = start; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (link.region(i, line.length()).lookingAt()) {
        i = link.end() - 1;
      } else if (line.startsWith(bar, i)) {
        return i;
      }
    }
    return -1;
  }

  private void step() {
    Matcher escape = here(ESCAPE);
    Matcher character = here(CHARACTER);
    Matcher link = here(LINK);
    if (line.startsWith("\\\\", at)) {
      lineBreak();
    } else if (escape.lookingAt()) {
      take(escape, escape.group(1));
    } else if (character.lookingAt()) {
      take(character, Character.toString(Integer.parseInt(character.group(1))));
    } else if (link.lookingAt()) {
      URI target = URI.create(link.group(2));
      FakeWiki.check(target.isAbsolute(), "a link that goes nowhere", line);
      take(link, plain(link.group(1), false));
    } else {
      checkText();
      plain.append(line.charAt(at++));
    }
  }

  private Matcher here(Pattern pattern) {
    return pattern
        .matcher(line)
        .region(at, line.length())
        .useTransparentBounds(true)
        .useAnchoringBounds(false);
  }

  private void take(Matcher matched, String text) {
    plain.append(text);
    at = matched.end();
  }

  /** No line break for Jira where another backslash follows without a blank between. */
  private void lineBreak() {
    FakeWiki.check(inCell, "a line break", line);
    FakeWiki.check(
        !line.substring(at + 2).matches("\\S*\\\\.*"), "a backslash behind a line break", line);
    plain.append('\n');
    at += 2;
    while (line.startsWith(" ", at)) {
      at++;
    }
  }

  private void checkText() {
    FakeWiki.check("{}[]".indexOf(line.charAt(at)) < 0, "a bracket", line);
    FakeWiki.check(!inCell || line.charAt(at) != '|', "the end of a cell", line);
    FakeWiki.check(!here(NAMED_CHARACTER).lookingAt(), "a character reference", line);
    FakeWiki.check(!here(DASH).lookingAt(), "a dash", line);
    FakeWiki.check(
        behindLetterOrDigit() || !here(PHRASE).lookingAt(), "the start of a phrase", line);
    FakeWiki.check(!here(EMOTICON).lookingAt(), "an emoticon", line);
  }

  private boolean behindLetterOrDigit() {
    return at > 0 && Character.isLetterOrDigit(line.charAt(at - 1));
  }
}
