package dnsblmonitor.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Plain text, written so that Jira's wiki renderer shows it as it is ({@code \} before a special
 * character: its help, "Misc"). For what cannot be escaped there are numeric character references.
 */
final class WikiEscapes {

  private static final String ESCAPABLE = "![]^~+?%{}()*_-|@#";

  /** Between two letters or digits these do nothing, and host names stay readable. */
  private static final String HARMLESS_IN_WORDS = "-+_";

  private static final Pattern BLOCK = Pattern.compile("(?i)(?:h[1-6]|bq)\\.");
  private static final Pattern SMILEY = Pattern.compile("[:;][DPp]");

  /** What Jira would turn into a link. */
  private static final Pattern URL = Pattern.compile(":(?://|(?i)(?<=mailto:))");

  private WikiEscapes() {}

  static String of(String text) {
    return String.join("", pieces(text));
  }

  /** The same in pieces that must stay whole: a character each, with its escape. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>(text.length());
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      pieces.add(piece(text, at));
    }
    return pieces;
  }

  /** Whether {@code piece} would have to be escaped, if it were not within a word. */
  static boolean isBare(String piece) {
    return piece.length() == 1 && ESCAPABLE.contains(piece);
  }

  private static String piece(String text, int at) {
    int character = text.codePointAt(at);
    if (needsReference(text, at, character)) {
      return "&#" + character + ";";
    }
    String shown = Character.toString(character);
    boolean harmless = HARMLESS_IN_WORDS.contains(shown) && isWithinWord(text, at);
    return ESCAPABLE.contains(shown) && !harmless ? "\\" + shown : shown;
  }

  private static boolean needsReference(String text, int at, int character) {
    return switch (character) {
      case '\\', '&' -> true;
      case ':', ';' -> startsWith(SMILEY, text, at) || startsWith(URL, text, at);
      case 'h', 'H', 'b', 'B' -> startsLine(text, at) && startsWith(BLOCK, text, at);
      default -> false;
    };
  }

  private static boolean startsWith(Pattern pattern, String text, int at) {
    return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true).lookingAt();
  }

  /** Blanks before it do not count. */
  private static boolean startsLine(String text, int at) {
    int before = at - 1;
    while (before >= 0 && text.charAt(before) != '\n' && isBlank(text.charAt(before))) {
      before--;
    }
    return before < 0 || text.charAt(before) == '\n';
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static boolean isWithinWord(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }
}
