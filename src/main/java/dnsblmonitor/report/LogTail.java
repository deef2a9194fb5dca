package dnsblmonitor.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of the run, for the malfunction alert (R28); bounded in memory (R35). */
final class LogTail {

  private static final int MAX_CHARACTERS = 512 * 1024;

  private final Deque<String> lines = new ArrayDeque<>();
  private int characters;
  private long dropped;

  synchronized void add(String line) {
    lines.add(line);
    characters += line.length();
    while (characters > MAX_CHARACTERS) {
      characters -= lines.remove().length();
      dropped++;
    }
  }

  /** The lines, preceded by a note if earlier ones were dropped. */
  synchronized List<String> lines() {
    List<String> all = new ArrayList<>();
    if (dropped > 0) {
      all.add("(%d earlier lines are in the log of the run)".formatted(dropped));
    }
    all.addAll(lines);
    return all;
  }
}
