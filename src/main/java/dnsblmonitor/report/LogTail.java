package dnsblmonitor.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The run's last lines, for the malfunction alert (R28); bounded, so that memory is (R35). */
final class LogTail {

  private static final int MOST_CHARACTERS = 512 * 1024;

  private final Deque<String> lines = new ArrayDeque<>();
  private int characters;
  private long dropped;

  synchronized void add(String line) {
    lines.add(line);
    characters += line.length();
    while (characters > MOST_CHARACTERS) {
      characters -= lines.remove().length();
      dropped++;
    }
  }

  /** The lines, behind a note where earlier ones were dropped. */
  synchronized List<String> lines() {
    List<String> all = new ArrayList<>();
    if (dropped > 0) {
      all.add("(%d earlier lines are in the log of the run)".formatted(dropped));
    }
    all.addAll(lines);
    return all;
  }
}
