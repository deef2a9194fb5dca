package dnsblmonitor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the metrics of a run to a file for node_exporter's textfile collector, which must never
 * read half a file. Metrics that the run does not know are kept as they are in the file.
 *
 * @param families the text of each metric that the run knows
 * @see <a href="https://github.com/prometheus/node_exporter#textfile-collector">the collector</a>
 */
record Textfile(Path file, String deployment, Map<Metric, String> families) implements Delivery {

  @Override
  public String target() {
    return file.toString();
  }

  @Override
  public void attempt() throws DeliveryException {
    try {
      Map<Metric, String> former = FormerFile.read(file, deployment);
      replace(String.join("", Families.merged(former, families).values()));
    } catch (IOException e) {
      throw DeliveryException.permanent(message(e));
    }
  }

  /** The temporary file must not end in {@code .prom}, which the collector would read. */
  private void replace(String text) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    Path temporary = Files.createTempFile(folder, "." + file.getFileName() + ".", ".tmp");
    try {
      Files.writeString(temporary, text, UTF_8);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  static String message(IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ ->
              "the folder does not exist. Create it, or correct METRICS_FILE";
          case AccessDeniedException _ ->
              "permission denied. Let the monitor's user write to the folder and read the file";
          case FileSystemException it -> advice(String.valueOf(it.getReason()));
          default -> advice(String.valueOf(e.getMessage())); // a full disk has no type of its own
        };
    return "cannot write the file: " + reason;
  }

  private static String advice(String reason) {
    return switch (reason) {
      case "No space left on device", "Disk quota exceeded" -> reason + ". Free some space";
      case "Read-only file system" -> reason + ". Mount the folder writable";
      default -> reason + ". Check METRICS_FILE";
    };
  }
}
