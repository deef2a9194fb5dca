package dnsblmonitor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code /proc/<pid>/status} (proc(5)). */
final class Memory {

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private Memory() {}

  /** The highest resident size so far; 0 where the process is gone. */
  static long peakKibOf(long pid) {
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", "" + pid, "status")));
      return peak.find() ? Long.parseLong(peak.group(1)) : 0;
    } catch (IOException _) {
      return 0;
    }
  }
}
