package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A block of shell lines in the README or a page of {@code docs}, run as written: what is above its
 * empty line sets up the shell and is run before each of those below.
 */
public final class DocsBlock {

  /** A run that is waited for, on a loaded machine. */
  private static final Duration MAX_LINE = Duration.ofMinutes(2);

  /** How a line ended. */
  public record Said(String line, int exitCode, String output) {

    public JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(output))) {
        return reader.readObject();
      }
    }

    public JsonArray jsonArray() {
      try (JsonReader reader = Json.createReader(new StringReader(output))) {
        return reader.readArray();
      }
    }
  }

  private final String setUp;
  private final List<String> lines;
  private final List<String> notRun;
  private final Path folder;
  private final Map<String, String> environment;

  private DocsBlock(
      String setUp, List<String> lines, Path folder, Map<String, String> environment) {
    this.setUp = setUp;
    this.lines = lines;
    this.notRun = new ArrayList<>(lines);
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * The block {@code ```sh <name>}, of which there is one in all pages; its lines run in {@code
   * folder}.
   */
  public static DocsBlock of(String name, Path folder, Map<String, String> environment) {
    List<List<String>> found =
        DocsPage.all().stream().flatMap(page -> page.blocks("sh " + name).stream()).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d blocks '%s'".formatted(found.size(), name));
    }
    List<String> block = found.getFirst();
    int empty = block.indexOf("");
    String setUp = String.join("\n", block.subList(0, Math.max(empty, 0)));
    return new DocsBlock(setUp, block.subList(empty + 1, block.size()), folder, environment);
  }

  /** Runs all lines; the last one, which starts the monitor, is left running. */
  public MonitorProcess startLastLine() {
    Path launcher = folder.resolve("bin/dnsbl-monitor");
    String script = "#!/bin/bash\nset -euo pipefail\ncd '%s'\nPATH=%s\n".formatted(folder, path());
    try {
      Files.createDirectories(launcher.getParent());
      Files.writeString(launcher, script + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!launcher.toFile().setExecutable(true)) {
      throw new AssertionError(launcher.toString());
    }
    notRun.clear();
    return MonitorProcess.start(folder, environment);
  }

  /** Runs the one line that matches (a regular expression, the whole line). */
  public Said run(String pattern) {
    List<String> found = lines.stream().filter(line -> line.matches(pattern)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%s matches %s of %s".formatted(pattern, found, lines));
    }
    notRun.remove(found.getFirst());
    return said(found.getFirst());
  }

  private Said said(String line) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", "-euo", "pipefail", "-c", setUp + "\n" + line)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear(); // a proxy of the builder's machine is none of theirs
    builder.environment().putAll(environment);
    builder.environment().put("PATH", path());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", folder.toString()); // settings of its own for no program
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(MAX_LINE.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("hangs: %s%n%s".formatted(line, output.join()));
      }
      return new Said(line, process.exitValue(), output.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the distribution's programs, and keytool. */
  private static String path() {
    Path distribution = MonitorProcess.distribution();
    return "%s:%s:%s:%s"
        .formatted(
            distribution.resolve("bin"),
            distribution.resolve("wlp/bin"),
            Path.of(System.getProperty("java.home"), "bin"),
            System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  public List<String> linesNotRun() {
    return List.copyOf(notRun);
  }
}
