package dnsblmonitor.launch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Warns if the server's JVM does not use the given AOT cache (JEP 514). The JVM rejects a cache
 * that does not fit, which costs seconds of CPU time at each start, and reports this only on its
 * own output, if at all. It maps the file of a cache that it uses.
 */
@ApplicationScoped
public class AotCache {

  private static final String OPTION = "-XX:AOTCache=";

  /** The mappings of the process (Linux, proc(5)). */
  private static final Path MAPS = Path.of("/proc/self/maps");

  private static final Logger LOG = Logger.getLogger(AotCache.class.getName());

  void check(@Observes @Initialized(ApplicationScoped.class) Object event) {
    unused(ManagementFactory.getRuntimeMXBean().getInputArguments(), MAPS)
        .ifPresent(cache ->
            LOG.log(
                Level.WARNING,
                "the AOT cache {0} was not used, so this start took several more seconds of CPU time: it is missing, or was made with another JVM, kind of CPU or JVM options. Run dnsbl-monitor train again, or rebuild the image, on a machine like this one",
                cache));
  }

  /** Without symbolic links, as shown by the system. */
  private static String real(String file) {
    try {
      return Path.of(file).toRealPath().toString();
    } catch (IOException e) {
      return file;
    }
  }

  /** The cache that the JVM was given but has not mapped; empty if unknown. */
  static Optional<String> unused(List<String> jvmArguments, Path maps) {
    Optional<String> given =
        jvmArguments.stream()
            .filter(argument -> argument.startsWith(OPTION))
            .map(argument -> argument.substring(OPTION.length()))
            .reduce((_, last) -> last);
    if (!Files.isReadable(maps)) {
      return Optional.empty();
    }
    try (Stream<String> mapped = Files.lines(maps)) {
      List<String> files = mapped.toList();
      return given.filter(cache -> files.stream().noneMatch(line -> line.endsWith(real(cache))));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
