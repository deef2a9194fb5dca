package dnsblmonitor.ops;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Formats findings as a plain-text table: what was checked, the result, what to do. */
final class FindingTable {

  /** Removes control characters and line breaks from third-party texts. */
  private static final Pattern NOT_FOR_A_LINE = Pattern.compile("[\\p{C}\\p{Z}\\s]+");

  private FindingTable() {}

  /** One line per finding, in order, and a summary line. */
  static List<String> lines(List<Finding> findings) {
    int width = findings.stream().mapToInt(f -> onOneLine(f.tried()).length()).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String row =
          ("%-" + width + "s  %-7s  %s")
              .formatted(onOneLine(finding.tried()), status(finding), onOneLine(finding.details()));
      lines.add(row.stripTrailing());
    }
    long warnings = count(Warns.class, findings);
    lines.add(
        "%d checks: %d ok, %d %s, %d failed"
            .formatted(
                findings.size(),
                count(Holds.class, findings),
                warnings,
                warnings == 1 ? "warning" : "warnings",
                count(Fails.class, findings)));
    return lines;
  }

  private static String status(Finding finding) {
    return switch (finding) {
      case Holds _ -> "ok";
      case Warns _ -> "warning";
      case Fails _ -> "FAILED";
    };
  }

  private static long count(Class<? extends Finding> kind, List<Finding> findings) {
    return findings.stream().filter(kind::isInstance).count();
  }

  static String onOneLine(String text) {
    return NOT_FOR_A_LINE.matcher(text).replaceAll(" ").strip();
  }
}
