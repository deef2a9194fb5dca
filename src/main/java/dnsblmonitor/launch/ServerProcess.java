package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The Liberty server as a child process. It ignores signals from a terminal or process group: only
 * this process, which receives them too, stops it, so that Liberty does not abort the job after its
 * own two seconds (R4).
 *
 * <p>Started with {@code ws-server.jar}, which Open Liberty documents as the equivalent of the
 * script {@code server run} (Reference, "server run command"). The script starts about a hundred
 * processes to read its option files, which costs 0.4 CPU seconds, and then executes the same
 * command.
 */
final class ServerProcess {

  /** The user's JVM options from Liberty's variable, evaluated by the shell as in Liberty. */
  private static final String JVM_ARGS = "JVM_ARGS";

  private static final String START =
      """
      trap '' HUP INT TERM
      jar=$1 server=$2
      shift 2
      eval 'exec "$0" "$@"' "${JVM_ARGS:-}" '-jar "$jar" "$server"'
      """;

  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final Process process;
  private final CountDownLatch drained = new CountDownLatch(1);

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a server of the distribution.
   *
   * @param variables for it, in addition to the environment of this process
   */
  static ServerProcess start(
      Distribution distribution, String server, Path output, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command(
        command(distribution, server, builder.environment().getOrDefault(JVM_ARGS, "")));
    // it reads its users from a file with hashes
    builder.environment().keySet().removeIf(name -> name.startsWith("SERVE_"));
    builder.environment().put("WLP_OUTPUT_DIR", output.toString());
    builder.environment().putAll(variables);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ServerProcess(builder.start());
  }

  /**
   * @param jvmArgs the user's options; the AOT cache is not used if they configure one
   */
  static List<String> command(Distribution distribution, String server, String jvmArgs) {
    Path liberty = distribution.home().resolve("wlp");
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                START,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                liberty.resolve("bin/tools/ws-server.jar").toString(),
                server,
                "-javaagent:" + liberty.resolve("bin/tools/ws-javaagent.jar"),
                "-Djava.awt.headless=true",
                "@" + liberty.resolve("lib/platform/java/java24.options"),
                "@" + liberty.resolve("usr/servers").resolve(server).resolve("jvm.options")));
    if (!jvmArgs.contains("-XX:AOT")) {
      distribution.aotCache().ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    }
    return command;
  }

  /** Forwards every line until the server closes its output. */
  void forEachLine(Consumer<String> line) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      lines.lines().forEach(line);
    } catch (IOException | UncheckedIOException e) {
      // the server was killed; its output has been read
    } finally {
      drained.countDown();
    }
  }

  /** Sends a command to the server; does nothing if it has already ended. */
  void tell(Command command) {
    try {
      process.getOutputStream().write((command.name() + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // it has ended or is ending
    }
  }

  /** Sends a command to the server and waits until it has ended, for {@code limit} at most. */
  void tellAndAwaitEnd(Command command, Duration limit) {
    tell(command);
    try {
      awaitEnd(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server's last output may still be in the pipe. */
  void awaitLastLines() {
    try {
      awaitEnd(LAST_LINES);
      drained.await(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  int awaitExitCode() throws InterruptedException {
    return process.waitFor();
  }

  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
