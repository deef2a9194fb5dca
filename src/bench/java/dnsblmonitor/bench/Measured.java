package dnsblmonitor.bench;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one contender's process measured of itself.
 *
 * @param lookups that were made, which may be a sample
 * @param cpuNanos of the process, kernel time included
 * @param allocatedBytes on the heap, 0 where there is none
 * @param peakRssKib of the process over its whole life
 */
record Measured(
    long lookups,
    long wallNanos,
    long cpuNanos,
    long allocatedBytes,
    long peakRssKib,
    long falseUnknown) {

  private static final String MARK = "MEASURED";

  String toLine() {
    return "%s %d %d %d %d %d %d"
        .formatted(MARK, lookups, wallNanos, cpuNanos, allocatedBytes, peakRssKib, falseUnknown);
  }

  static boolean isIn(String line) {
    return line.startsWith(MARK);
  }

  static Measured of(String line) {
    long[] numbers =
        Stream.of(line.split(Pattern.quote(" "))).skip(1).mapToLong(Long::parseLong).toArray();
    return new Measured(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
  }

  double wallSeconds() {
    return wallNanos / 1e9;
  }

  double perSecond() {
    return lookups / wallSeconds();
  }

  double cpuMicrosEach() {
    return cpuNanos / 1e3 / lookups;
  }

  double allocatedBytesEach() {
    return (double) allocatedBytes / lookups;
  }

  double peakRssMib() {
    return peakRssKib / 1024.0;
  }
}
