package dnsblmonitor.testing;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * google-java-format over all sources, in the JVM of the tests: the formatter does not load in
 * Maven's own JVM where that is 17. {@code mvn -Pformat test-compile} rewrites the sources.
 */
public final class SourceFormat {

  private static final Formatter FORMATTER = new Formatter();

  private SourceFormat() {}

  /** Rewrites every source that is not formatted. */
  public static void main(String[] args) throws IOException {
    for (Path source : sources()) {
      String formatted = formatted(source);
      if (!formatted.equals(Files.readString(source))) {
        Files.writeString(source, formatted);
      }
    }
  }

  /** The sources that differ from what the formatter makes of them. */
  public static List<Path> unformatted() {
    return sources().stream().filter(source -> !formatted(source).equals(read(source))).toList();
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String formatted(Path source) {
    try {
      String ordered = ImportOrderer.reorderImports(read(source), Style.GOOGLE);
      return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    } catch (FormatterException e) {
      throw new IllegalStateException("cannot format " + source, e);
    }
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
