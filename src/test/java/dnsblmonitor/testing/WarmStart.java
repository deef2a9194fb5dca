package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes starts of the built distribution cheap: the work areas of earlier servers and an AOT
 * cache (JEP 514), left in {@code target/warm} before the process tests. They are of one JDK and of
 * one Liberty at one path: processes with others do without.
 */
public final class WarmStart {

  private static final Path DISTRIBUTION = MonitorProcess.distribution();
  private static final Path FOLDER = DISTRIBUTION.resolveSibling("warm");
  private static final Path OUTPUT = FOLDER.resolve("server");
  private static final Path CACHE = FOLDER.resolve("server.aot");

  /** Says what the rest was made with; written last. */
  private static final Path MADE_WITH = FOLDER.resolve("made-with");

  private WarmStart() {}

  /** Makes it, unless that of an earlier build fits. */
  public static void main(String[] args) throws IOException {
    if (fits()) {
      System.out.println("The warm start in " + FOLDER + " fits this JDK and this Liberty.");
      return;
    }
    delete(FOLDER);
    Files.createDirectories(FOLDER);
    CompletableFuture<Void> serve = CompletableFuture.runAsync(WarmStart::startServe);
    Training.leaveIn(FOLDER);
    serve.join();
    for (String server : List.of("dnsbl-monitor", "dnsbl-monitor-serve")) {
      delete(OUTPUT.resolve(server).resolve("logs"));
      delete(OUTPUT.resolve(server).resolve("tranlog"));
    }
    Files.writeString(MADE_WITH, atHand());
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  private static void startServe() {
    try (World world = World.with("zen.example").set("WLP_OUTPUT_DIR", OUTPUT.toString());
        ServeProcess server = ServeProcess.start(world)) {
      server.process().terminate();
      server.process().awaitEnd().expectExit(143);
    }
  }

  private static boolean fits() {
    try {
      return Files.exists(MADE_WITH) && Files.readString(MADE_WITH).equals(atHand());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The JVM refuses a cache if a jar of Liberty has another size or time, and says nothing of it.
   * What the build puts into {@code usr} may differ: its classes are compared one by one.
   */
  private static String atHand() {
    Path liberty = DISTRIBUTION.resolve("wlp");
    try (Stream<Path> jars =
        Files.find(liberty, 9, (file, attributes) -> isJar(file, attributes))
            .filter(jar -> !jar.startsWith(liberty.resolve("usr")))) {
      return Stream.concat(
              Stream.of(
                  System.getProperty("java.home"),
                  System.getProperty("java.vm.version"),
                  liberty.toString(),
                  options(liberty)),
              jars.sorted().map(WarmStart::sizeAndTime))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the server that the cache is made of: some must be the same when it is used. */
  private static String options(Path liberty) {
    try {
      return Files.readString(liberty.resolve("usr/servers/dnsbl-monitor/jvm.options"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJar(Path file, BasicFileAttributes attributes) {
    return attributes.isRegularFile() && file.toString().endsWith(".jar");
  }

  private static String sizeAndTime(Path jar) {
    try {
      return "%s %d %s".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (Files.exists(folder)) {
      new ServerFolder(folder).close();
    }
  }

  /**
   * Gives it to a process to be, if it fits: fills the work folder {@code WLP_OUTPUT_DIR} if that
   * is new, and lets the server's JVM read the cache.
   */
  static void addTo(Map<String, String> environment) {
    if (!fits()) {
      return;
    }
    environment.merge("JVM_ARGS", "-XX:AOTCache=" + CACHE, (given, cache) -> cache + " " + given);
    Path output = Path.of(environment.get("WLP_OUTPUT_DIR"));
    try {
      if (isNew(output)) {
        copy(OUTPUT, output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNew(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
