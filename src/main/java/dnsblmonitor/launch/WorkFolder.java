package dnsblmonitor.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the server keeps its workarea and logs while it runs: a folder of its own, so that two runs
 * can share a distribution that is read-only, removed at the end (R1). Where {@code WLP_OUTPUT_DIR}
 * is given (Liberty's own variable), that is used and left. A new one starts as a copy of what the
 * distribution holds of an earlier run, where it holds that: the server then starts in half the
 * time.
 */
record WorkFolder(Path path, boolean temporary) implements AutoCloseable {

  static WorkFolder create(String given) throws IOException {
    return given.isEmpty()
        ? new WorkFolder(Files.createTempDirectory("dnsbl-monitor-"), true)
        : new WorkFolder(Files.createDirectories(Path.of(given).toAbsolutePath()), false);
  }

  static WorkFolder create(String given, Path warm) throws IOException {
    WorkFolder folder = create(given);
    if (Files.isDirectory(warm) && folder.isEmpty()) {
      folder.fill(warm);
    }
    return folder;
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  private void fill(Path warm) throws IOException {
    try (Stream<Path> files = Files.walk(warm)) {
      for (Path file : (Iterable<Path>) files.skip(1)::iterator) {
        Files.copy(file, path.resolve(warm.relativize(file).toString()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    if (temporary) {
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException | UncheckedIOException e) {
        // a file went while we looked; the folder for temporary files is cleaned by others too
      }
    }
  }
}
