package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The Liberty server as a child. It ignores the signals of a terminal or process group: only this
 * process, which gets them too, tells it when to stop, so that Liberty does not tear the job down
 * within its own two seconds (R4).
 */
final class ServerProcess {

  /** Liberty's variable for options of the server's JVM. */
  private static final String JVM_ARGS = "JVM_ARGS";

  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final Process process;
  private final CountDownLatch drained = new CountDownLatch(1);

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a server of the distribution.
   *
   * @param variables for it, besides the environment of this process
   */
  static ServerProcess start(
      Distribution distribution, String server, Path output, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "/bin/sh",
                "-c",
                "trap '' HUP INT TERM; exec \"$0\" run \"$1\"",
                distribution.serverCommand().toString(),
                server));
    // who may log in to it, it reads from a file of hashes
    builder.environment().keySet().removeIf(name -> name.startsWith("SERVE_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_OUTPUT_DIR", output.toString());
    // else Liberty changes to its output folder, and a relative DB_PASSWORD_FILE is not found
    builder.environment().put("SERVER_WORKING_DIR", System.getProperty("user.dir"));
    builder.environment().putAll(variables);
    distribution.aotCache().ifPresent(cache -> addAotCache(builder.environment(), cache));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ServerProcess(builder.start());
  }

  /** Unless the user's own options are about one. Liberty's script evaluates them: quoted. */
  static void addAotCache(Map<String, String> environment, Path cache) {
    String given = environment.getOrDefault(JVM_ARGS, "");
    if (!given.contains("-XX:AOT")) {
      String quoted = "'-XX:AOTCache=" + cache.toString().replace("'", "'\\''") + "'";
      environment.put(JVM_ARGS, (quoted + " " + given).strip());
    }
  }

  /** Hands on every line until the server closes its output. */
  void forEachLine(Consumer<String> line) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      lines.lines().forEach(line);
    } catch (IOException | UncheckedIOException e) {
      // the server was killed; what it had to say is said
    } finally {
      drained.countDown();
    }
  }

  /** Says a word to the server; nothing happens where it is gone already. */
  void tell(Command command) {
    try {
      process.getOutputStream().write((command.name() + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // it is gone, or going
    }
  }

  /** Says a word to the server and waits until it has ended, or for as long as {@code limit}. */
  void tellAndAwaitEnd(Command command, Duration limit) {
    tell(command);
    try {
      awaitEnd(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the server said last may still be on its way through the pipe. */
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
