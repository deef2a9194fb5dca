package dnsblmonitor.domain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The return codes that count as a listing, in the syntax of Postfix's {@code
 * postscreen_dnsbl_sites}: {@code 127.0.0.2}, {@code 127.0.0.[2..11]}, {@code
 * 127.0.[0..255].[1;4;9]} (R15). Two filters are equal when they accept the same addresses, however
 * they are written.
 */
public final class ReturnCodeFilter {

  private static final Pattern OCTET = Pattern.compile("\\d{1,3}|\\[[^\\[\\]]*\\]");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:\\.\\.(\\d{1,3}))?");

  private final String text;
  private final List<BitSet> octets;

  private ReturnCodeFilter(String text, List<BitSet> octets) {
    this.text = text;
    this.octets = octets;
  }

  /**
   * Parses a filter.
   *
   * @throws IllegalArgumentException if it is malformed or accepts an error code in
   *     127.255.255.0/24 (R11)
   */
  public static ReturnCodeFilter parse(String text) {
    List<BitSet> octets = new ArrayList<>();
    Matcher octet = OCTET.matcher(text);
    int at = 0;
    while (octet.find(at) && octet.start() == at) {
      octets.add(values(octet.group(), text));
      at = octet.end();
      if (at == text.length()) {
        break;
      }
      if (text.charAt(at) != '.' || octets.size() == 4) {
        throw malformed(text);
      }
      at++;
    }
    if (octets.size() != 4 || at != text.length()) {
      throw malformed(text);
    }
    ReturnCodeFilter filter = new ReturnCodeFilter(text, octets);
    if (octets.get(0).get(127) && octets.get(1).get(255) && octets.get(2).get(255)) {
      throw new IllegalArgumentException(
          "filter '%s' accepts 127.255.255.x, the range that lists use for errors".formatted(text));
    }
    return filter;
  }

  private static BitSet values(String octet, String filter) {
    String inner = octet.startsWith("[") ? octet.substring(1, octet.length() - 1) : octet;
    BitSet values = new BitSet(256);
    for (String part : inner.split(";", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw malformed(filter);
      }
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      if (from > to || to > 255) {
        throw malformed(filter);
      }
      values.set(from, to + 1);
    }
    return values;
  }

  private static IllegalArgumentException malformed(String filter) {
    return new IllegalArgumentException(
        "filter '%s' is not of the form 127.0.0.2, 127.0.0.[2..11] or 127.0.[0..255].[1;4;9]"
            .formatted(filter));
  }

  /** Whether {@code answer} counts as a listing. */
  public boolean accepts(Ipv4Address answer) {
    for (int i = 0; i < 4; i++) {
      if (!octets.get(i).get(answer.octet(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReturnCodeFilter filter && octets.equals(filter.octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  /** The filter as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
