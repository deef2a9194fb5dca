package dnsblmonitor.notify;

import java.util.regex.Pattern;

/** Makes texts of other programs fit for a line: no line breaks or control characters, not long. */
final class OneLine {

  private static final Pattern NOT_FOR_A_LINE = Pattern.compile("[\\p{C}\\p{Z}\\s]+");
  private static final String CUT = "...";

  private OneLine() {}

  /**
   * The text on one line.
   *
   * @param max the longest result in characters, at least 3
   */
  static String of(String text, int max) {
    String line = NOT_FOR_A_LINE.matcher(text).replaceAll(" ").strip();
    if (line.length() <= max) {
      return line;
    }
    int end = max - CUT.length();
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
