package dnsblmonitor.bench;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How far time-outs were from what was asked, either way.
 *
 * @param loadPerSecond lookups of other zones meanwhile
 */
record TimeOuts(
    long count, long medianMicros, long percentile99Micros, long mostMicros, long loadPerSecond) {

  private static final String MARK = "TIMEOUTS";

  static TimeOuts of(Collection<Long> lateNanos, long loadPerSecond) {
    long[] sorted = lateNanos.stream().mapToLong(late -> Math.abs(late) / 1000).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("no lookup timed out");
    }
    return new TimeOuts(
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
        sorted[sorted.length - 1],
        loadPerSecond);
  }

  String toLine() {
    return "%s %d %d %d %d %d"
        .formatted(MARK, count, medianMicros, percentile99Micros, mostMicros, loadPerSecond);
  }

  static boolean isIn(String line) {
    return line.startsWith(MARK);
  }

  static TimeOuts of(String line) {
    long[] numbers =
        Stream.of(line.split(Pattern.quote(" "))).skip(1).mapToLong(Long::parseLong).toArray();
    return new TimeOuts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  /** For people. */
  String text() {
    return "%d time-outs during %,d lookups/s: median %.1f ms, 99 %% %.1f ms, most %.1f ms off"
        .formatted(
            count, loadPerSecond, medianMicros / 1e3, percentile99Micros / 1e3, mostMicros / 1e3);
  }
}
