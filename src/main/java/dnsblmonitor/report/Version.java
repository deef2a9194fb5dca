package dnsblmonitor.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The version of this program, which the build writes into its classes. */
public final class Version {

  private static final String CURRENT = read();

  private Version() {}

  /** Such as {@code 1.2.0}. */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    String file = "version.txt";
    try (InputStream version =
        Objects.requireNonNull(Version.class.getResourceAsStream(file), file)) {
      return new String(version.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
