package dnsblmonitor.bench;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Zone;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dnsperf with the same questions, so many in flight in all. */
final class Dnsperf {

  private static final String CLIENTS = "4";

  private Dnsperf() {}

  static Measured run(Task task) throws IOException, InterruptedException {
    Path questions = Files.createTempFile("dnsperf-", ".questions");
    Path report = Files.createTempFile("dnsperf-", ".report");
    try {
      writeQuestions(task, questions);
      Process process =
          new ProcessBuilder(
                  "dnsperf",
                  "-d",
                  questions.toString(),
                  "-s",
                  "127.0.0.1",
                  "-p",
                  String.valueOf(task.worldPort()),
                  "-n",
                  "1",
                  "-c",
                  CLIENTS,
                  "-q",
                  String.valueOf(task.perZone() * Questions.ZONES),
                  "-t",
                  String.valueOf(task.timeout().toSeconds()))
              .redirectErrorStream(true)
              .redirectOutput(report.toFile())
              .start();
      return measured(process, report);
    } finally {
      Files.delete(questions);
      Files.delete(report);
    }
  }

  private static void writeQuestions(Task task, Path file) throws IOException {
    List<Zone> zones = Questions.zones(task.deadZones());
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < task.addresses(); i++) {
        Ipv4Address address = Questions.address(i);
        for (Zone zone : zones) {
          String name = Questions.name(zone, address);
          lines.write(name + " A\n");
          if (Questions.isListed(address)) {
            lines.write(name + " TXT\n");
          }
        }
      }
    }
  }

  /** CPU and memory as they were when last seen: a process that has ended no longer tells. */
  private static Measured measured(Process process, Path report)
      throws IOException, InterruptedException {
    Duration cpu = Duration.ZERO;
    long peakKib = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
      peakKib = Math.max(peakKib, Memory.peakKibOf(process.pid()));
    }
    String said = Files.readString(report);
    double seconds = number(said, "Run time \\(s\\):\\s+([0-9.]+)");
    return new Measured(
        (long) number(said, "Queries completed:\\s+(\\d+)"),
        (long) (seconds * 1e9),
        cpu.toNanos(),
        0,
        peakKib,
        (long) number(said, "Queries lost:\\s+(\\d+)"));
  }

  private static double number(String report, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(report);
    if (!matcher.find()) {
      throw new IllegalStateException("dnsperf did not say " + pattern + ":\n" + report);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
