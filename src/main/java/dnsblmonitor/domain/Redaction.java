package dnsblmonitor.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Replaces known secrets in texts that other people's code may have put them in (R32): the last net
 * below all that does not show them in the first place. Finds a secret as it is, percent-encoded
 * (RFC 3986 and HTML forms, all of it or a part), and with the escapes of JSON at any depth.
 */
public final class Redaction {

  /** For texts of our own. */
  public static final Redaction NONE = new Redaction(List.of());

  /** Shorter secrets occur in any text by chance: stars in their place would reveal them. */
  private static final int MIN_LENGTH = 3;

  /** Shorter secrets are replaced only if neither a letter nor a digit is beside them. */
  private static final int MIN_LENGTH_INSIDE_WORDS = 6;

  private static final String STARS = "***";

  /** Begins a text, or follows what is no letter or digit, or an escape that ends with one. */
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
            .sorted(Comparator.comparingInt(String::length).reversed()) // one may hold another
            .toList();
    this.anyForm = Pattern.compile(plain.stream().map(Redaction::anyForm).collect(joining("|")));
  }

  /** {@code text} with stars in place of each secret; the same object if it holds none. */
  public String of(String text) {
    return !plain.isEmpty() && (isEscaped(text) || plain.stream().anyMatch(text::contains))
        ? anyForm.matcher(text).replaceAll(STARS)
        : text;
  }

  /** Whether {@code text} may hold a secret in another form than its own. */
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
    // a backslash is doubled by JSON, and again by JSON in JSON; others have some before them
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
