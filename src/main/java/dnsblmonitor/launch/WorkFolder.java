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
 * is given (Liberty's own variable), that is used and left.
 */
record WorkFolder(Path path, boolean temporary) implements AutoCloseable {

  static WorkFolder create(String given) throws IOException {
    return given.isEmpty()
        ? new WorkFolder(Files.createTempDirectory("dnsbl-monitor-"), true)
        : new WorkFolder(Files.createDirectories(Path.of(given).toAbsolutePath()), false);
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
