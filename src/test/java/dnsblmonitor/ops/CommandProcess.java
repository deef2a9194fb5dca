package dnsblmonitor.ops;

import dnsblmonitor.testing.MonitorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that people run beside the job, as a process, as they would start it. */
final class CommandProcess {

  private static final long MAX_SECONDS = 120;

  /** How it ended: what it printed, a line each, and what it said on standard error. */
  record Ended(int exitCode, List<String> table, String standardError) {

    /** The one line of the table that is of {@code tried}. */
    String line(String tried) {
      List<String> found = table.stream().filter(line -> line.startsWith(tried + "  ")).toList();
      if (found.size() != 1) {
        throw new AssertionError("%d lines of %s in %s".formatted(found.size(), tried, this));
      }
      return found.getFirst();
    }

    /** All that it wrote. */
    String all() {
      return String.join("\n", table) + "\n" + standardError;
    }
  }

  private CommandProcess() {}

  /** Runs it to its end, in an environment of {@code variables} and the PATH alone. */
  static Ended run(String command, Map<String, String> variables) {
    return run(variables, command);
  }

  /** The same with all the arguments. */
  static Ended run(Map<String, String> variables, String... arguments) {
    try {
      Path out = Files.createTempFile("dnsbl-monitor-command-", ".out");
      Path errors = Files.createTempFile("dnsbl-monitor-command-", ".err");
      Process process =
          MonitorProcess.command(MonitorProcess.distribution(), variables, arguments)
              .redirectOutput(out.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it did not end: " + Files.readString(out));
      }
      Ended ended =
          new Ended(process.exitValue(), Files.readAllLines(out), Files.readString(errors));
      Files.delete(out);
      Files.delete(errors);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
