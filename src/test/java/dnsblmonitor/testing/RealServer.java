package dnsblmonitor.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** DNS servers that other people wrote and this machine may have, by their Debian packages. */
public enum RealServer {
  RBLDNSD,
  UNBOUND;

  /** Daemons stand where the PATH of a plain user does not lead. */
  private static final List<Path> DAEMONS =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));

  boolean isMissing() {
    return find().isEmpty();
  }

  Path program() {
    return find().orElseThrow(() -> new IllegalStateException(missing()));
  }

  /** What to say where it is missing. */
  String missing() {
    return "%s is not installed (apt-get install %s)".formatted(label(), label());
  }

  private Optional<Path> find() {
    Stream<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
    return Stream.concat(path, DAEMONS.stream())
        .map(folder -> folder.resolve(label()))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
