package dnsblmonitor.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process needs, seen from outside. */
final class Memory {

  /** Of {@code /proc/<pid>/status} (proc(5)). */
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private Memory() {}

  /** The highest resident size so far; 0 where the process is gone. */
  static long peakKibOf(long pid) {
    return kib(PEAK, pid);
  }

  /** The resident size; 0 where the process is gone. */
  static long residentKibOf(long pid) {
    return kib(RESIDENT, pid);
  }

  private static long kib(Pattern line, long pid) {
    try {
      Matcher found = line.matcher(Files.readString(Path.of("/proc", "" + pid, "status")));
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  /** What lives in the heap of a JVM, or empty where it is gone: jcmd lets it collect first. */
  static OptionalLong liveBytesOf(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = jcmd.inputReader()) {
      Matcher total = TOTAL.matcher(String.join("\n", output.lines().toList()));
      jcmd.waitFor();
      return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
    }
  }
}
