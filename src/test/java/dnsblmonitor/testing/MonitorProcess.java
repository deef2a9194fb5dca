package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution's launcher as a process, as an operator would start it. */
public final class MonitorProcess implements StartedRun {

  private static final Duration MAX_RUN = Duration.ofMinutes(3);

  /** After SIGTERM. */
  private static final Duration MAX_END = Duration.ofSeconds(30);

  private static final int TERMINATED = 143;

  /** How a run ended. */
  public record Ended(int exitCode, List<String> lines, String standardError, Duration took) {

    /** R30: every line is JSON; the monitor's own are as the schema says. */
    void holdAgainstSchema() {
      for (String line : lines) {
        List<String> faults =
            json(line).containsKey("event") ? EventSchema.faults(line) : List.of();
        if (!faults.isEmpty()) {
          throw new AssertionError(line + " is no event: " + faults);
        }
      }
    }

    /** Fails with all that the run said, where it ended with another exit code. */
    public void expectExit(int code) {
      if (exitCode != code) {
        throw new AssertionError(
            "exit code %d, not %d:%n%s%n%s"
                .formatted(exitCode, code, String.join("\n", lines), standardError));
      }
    }

    /** The monitor's own events with that name, in order. */
    public List<JsonObject> events(String name) {
      return events().stream().filter(event -> name.equals(event.getString("event"))).toList();
    }

    /** The monitor's own lines. */
    public List<JsonObject> events() {
      return lines.stream().map(Ended::json).filter(line -> line.containsKey("event")).toList();
    }

    /** The one event with that name. */
    public JsonObject event(String name) {
      List<JsonObject> found = events(name);
      if (found.size() != 1) {
        throw new AssertionError(
            "%d events %s among:\n%s\n%s"
                .formatted(found.size(), name, String.join("\n", lines), standardError));
      }
      return found.getFirst();
    }

    private static JsonObject json(String line) {
      try (JsonReader reader = Json.createReader(new StringReader(line))) {
        return reader.readObject();
      }
    }
  }

  private final Process process;
  private final Path standardError;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;
  private final long startedNanos = System.nanoTime();

  private MonitorProcess(Process process, Path standardError) {
    this.process = process;
    this.standardError = standardError;
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  /** Where {@code mvn package} left the distribution. */
  public static Path distribution() {
    return Path.of(System.getProperty("distribution.directory", "target/dnsbl-monitor"))
        .toAbsolutePath();
  }

  /** Starts a run that sees {@code environment} and the PATH, and nothing else. */
  public static MonitorProcess start(Map<String, String> environment, String... arguments) {
    return start(distribution(), environment, arguments);
  }

  /** The same with another copy of the distribution. */
  public static MonitorProcess start(
      Path distribution, Map<String, String> environment, String... arguments) {
    try {
      Path standardError = Files.createTempFile("dnsbl-monitor-", ".stderr");
      ProcessBuilder builder =
          command(distribution, environment, arguments).redirectError(standardError.toFile());
      return new MonitorProcess(builder.start(), standardError);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process to be: {@code run}, unless there are arguments. */
  public static ProcessBuilder command(
      Path distribution, Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(distribution.resolve("bin/dnsbl-monitor").toString()));
    command.addAll(arguments.length == 0 ? List.of("run") : List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // the process was killed
    }
  }

  @Override
  public List<String> linesSoFar() {
    return List.copyOf(lines);
  }

  /** SIGTERM, as Kubernetes sends it. */
  public void terminate() {
    process.toHandle().destroy(); // Process.destroy() would close its output as well
  }

  /** SIGTERM to a run, which must end with 143 within the 30 s that Kubernetes gives. */
  public Ended terminated() {
    long sentNanos = System.nanoTime();
    terminate();
    Ended ended = awaitEnd();
    ended.expectExit(TERMINATED);
    Duration took = Duration.ofNanos(System.nanoTime() - sentNanos);
    if (took.compareTo(MAX_END) >= 0) {
      throw new AssertionError("it ended only after " + took);
    }
    return ended;
  }

  /** SIGKILL, to the launcher and all that it started. */
  public void kill() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /** SIGSTOP, to the launcher and all that it started: as if their node had gone. */
  public void freeze() {
    List<String> command = new ArrayList<>(List.of("kill", "-STOP"));
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .forEach(handle -> command.add(String.valueOf(handle.pid())));
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** The one JVM that the launcher's started. */
  public long serverPid() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  /** Whether nothing that the launcher started lives any more. */
  public boolean isGone() {
    return !process.isAlive() && process.descendants().noneMatch(ProcessHandle::isAlive);
  }

  @Override
  public Ended awaitEnd() {
    Ended ended = ended();
    ended.holdAgainstSchema();
    return ended;
  }

  /** The same for another release, whose events are not as the schema of this one says. */
  Ended ended() {
    try {
      if (!process.waitFor(MAX_RUN.toSeconds(), TimeUnit.SECONDS)) {
        kill();
        throw new AssertionError("the run did not end:\n" + String.join("\n", lines));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
      reader.join(TimeUnit.SECONDS.toMillis(10));
      String errors = Files.readString(standardError);
      Files.delete(standardError);
      return new Ended(process.exitValue(), linesSoFar(), errors, took);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
