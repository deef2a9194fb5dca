package dnsblmonitor.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Replaces known secrets in texts from third-party code (R32), as the last line of defence. Finds a
 * secret verbatim, fully or partly percent-encoded (RFC 3986 and HTML forms), and JSON-escaped at
 * any depth.
 */
public final class Redaction {

  /** For texts without secrets. */
  public static final Redaction NONE = new Redaction(List.of());

  /** Shorter secrets occur in any text by chance; replacing them would reveal them. */
  private static final int MIN_LENGTH = 3;

  /** Shorter secrets are replaced only if no letter or digit is next to them. */
  private static final int MIN_LENGTH_INSIDE_WORDS = 6;

  private static final String STARS = "***";

  /** At the start, after a character other than a letter or digit, or after an escape. */
  private static final String WORD_BEGINS =
      "(?:(?<![\\p{L}\\p{N}])|(?<=%\\p{XDigit}{2})|(?<=\\\\[bfnrt])|(?<=\\\\u\\p{XDigit}{4}))";

  private static final String WORD_ENDS = "(?![\\p{L}\\p{N}])";

  private final List<String> plain;
  private final Pattern anyForm;

  public Redaction(Collection<Secret> secrets) {
    this.plain =
        secrets.stream()
            .map(Secret::reveal)
            .filter(secret -> secret.length() >= MIN_LENGTH)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed()) // one may contain another
            .toList();
    this.anyForm = Pattern.compile(plain.stream().map(Redaction::anyForm).collect(joining("|")));
  }

  /** {@code text} with each secret replaced by stars; the same object if it contains none. */
  public String of(String text) {
    return !plain.isEmpty() && (isEscaped(text) || plain.stream().anyMatch(text::contains))
        ? anyForm.matcher(text).replaceAll(STARS)
        : text;
  }

  /** Whether {@code text} may contain an encoded secret. */
  private static boolean isEscaped(String text) {
    return text.indexOf('%') >= 0 || text.indexOf('\\') >= 0 || text.indexOf('+') >= 0;
  }

  private static String anyForm(String secret) {
    String form = secret.codePoints().mapToObj(Redaction::anyForm).collect(joining());
    return secret.length() < MIN_LENGTH_INSIDE_WORDS ? WORD_BEGINS + form + WORD_ENDS : form;
  }

  private static String anyForm(int codePoint) {
    String character = Character.toString(codePoint);
    if (codePoint < 128 && Character.isLetterOrDigit(codePoint)) {
      return character;
    }
    String percent =
        hex("%", character.getBytes(UTF_8).length, i -> character.getBytes(UTF_8)[i] & 0xff, 2);
    String unicode = hex("\\\\+u", character.length(), character::charAt, 4);
    String plus = codePoint == ' ' ? "|\\+" : "";
    // JSON doubles a backslash, nested JSON again; other characters may be preceded by some
    String itself = codePoint == '\\' ? "\\\\+" : "\\\\*" + Pattern.quote(character);
    return "(?:" + percent + "|" + unicode + plus + "|" + itself + ")";
  }

  /** One unit of an encoding as a number. */
  @FunctionalInterface
  private interface Unit {
    int at(int index);
  }

  private static String hex(String mark, int units, Unit unit, int digits) {
    StringBuilder form = new StringBuilder("(?i:");
    for (int i = 0; i < units; i++) {
      form.append(mark)
          .append(("%0" + digits + "x").formatted(unit.at(i)).toUpperCase(Locale.ROOT));
    }
    return form.append(")").toString();
  }
}
