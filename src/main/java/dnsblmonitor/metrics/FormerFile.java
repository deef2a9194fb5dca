package dnsblmonitor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the file that an earlier run wrote. */
final class FormerFile {

  /** More than {@link Families#MAX_LISTINGS} series with the longest names take. */
  private static final long MAX_BYTES = 16 << 20;

  private static final int MAX_LINE = 2_000; // a regular expression takes stack by length

  private static final Map<String, Metric> METRICS =
      Arrays.stream(Metric.values())
          .collect(Collectors.toMap(Metric::fullName, Function.identity()));

  private static final Pattern COMMENT = Pattern.compile("# (?:HELP|TYPE) (dnsbl_monitor_\\w+) .*");
  private static final Pattern SERIES =
      Pattern.compile(
          "(dnsbl_monitor_\\w+)\\{\\w+=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\"(?:,\\w+=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\")*} \\S+");

  private FormerFile() {}

  /**
   * The text of each metric in the file; nothing of a file that does not exist, has metrics of
   * others or of another deployment, or is damaged.
   */
  static Map<Metric, String> read(Path file, String deployment) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      return Map.of();
    }
    String text;
    try {
      text = Files.readString(file, UTF_8);
    } catch (MalformedInputException e) {
      return Map.of();
    }
    if (!text.endsWith("\n")) {
      return Map.of();
    }
    Map<Metric, String> families = new EnumMap<>(Metric.class);
    for (String line : text.lines().toList()) {
      Optional<String> name = name(line, deployment);
      if (name.isEmpty()) {
        return Map.of();
      }
      Optional.ofNullable(METRICS.get(name.get())) // else of another version of the monitor
          .ifPresent(metric -> families.merge(metric, line + "\n", String::concat));
    }
    return families;
  }

  /** The metric that a line is about; empty if it is not a line of this deployment's metrics. */
  private static Optional<String> name(String line, String deployment) {
    if (line.length() > MAX_LINE) {
      return Optional.empty();
    }
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      return Optional.of(comment.group(1));
    }
    Matcher series = SERIES.matcher(line);
    return series.matches() && line.contains("deployment=\"%s\"".formatted(deployment))
        ? Optional.of(series.group(1))
        : Optional.empty();
  }
}
