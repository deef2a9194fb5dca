package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM on this machine holds, seen from outside (Linux, proc(5)).
 *
 * @param heapBytes what lives in its heap after a full collection
 * @param batchBytes of that, the objects of Liberty's own batch classes, without what they refer to
 * @param descriptors open files, {@code sockets} among them
 */
public record Held(long heapBytes, long batchBytes, long threads, long descriptors, long sockets) {

  /** A line of {@code jcmd GC.class_histogram}: rank, instances, bytes, class. */
  private static final Pattern BATCH =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+com\\.ibm\\.(?:ws\\.)?jbatch\\.");

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  /** The figures of this moment; jcmd lets the JVM collect first. */
  public static Held by(long pid) {
    String histogram = histogram(pid);
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new AssertionError("no histogram of process " + pid + ": " + histogram);
    }
    Path process = Path.of("/proc", String.valueOf(pid));
    return new Held(
        Long.parseLong(total.group(1)),
        BATCH.matcher(histogram).results().mapToLong(line -> Long.parseLong(line.group(1))).sum(),
        entries(process.resolve("task")).size(),
        entries(process.resolve("fd")).size(),
        entries(process.resolve("fd")).stream().filter(Held::isSocket).count());
  }

  private static String histogram(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
