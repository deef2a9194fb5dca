package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the project, for tests that look whether they agree with each other. */
public final class ProjectFiles {

  private ProjectFiles() {}

  /** All files below {@code tops}, which may be files themselves; pictures left out. */
  public static List<Path> below(String... tops) {
    return Stream.of(tops).flatMap(top -> below(Path.of(top)).stream()).toList();
  }

  private static List<Path> below(Path top) {
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".png"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON document. */
  public static JsonObject json(Path file) {
    try (JsonReader reader = Json.createReader(new StringReader(read(file)))) {
      return reader.readObject();
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
