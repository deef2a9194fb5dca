package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server from the system's packages as a child process. It ends when it is closed, and also when
 * this JVM ends, however that happens: the shell between them reads the JVM's pipe to its end.
 */
final class NativeServer implements AutoCloseable {

  private static final String UNTIL_THE_PIPE_ENDS =
      """
      trap '' HUP INT; exec 3<&0
      "$@" < /dev/null 3<&- & server=$!
      { read -r _ <&3; kill "$server"; } 2> /dev/null & watch=$!
      wait "$server"; code=$?
      kill "$watch" 2> /dev/null
      exit $code
      """;

  /** Daemons stand where the PATH of a plain user does not lead. */
  private static final List<Path> DAEMONS =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));

  private static final long LONGEST_END_SECONDS = 10;

  private final Process shell;
  private final Path log;

  private NativeServer(Process shell, Path log) {
    this.shell = shell;
    this.log = log;
  }

  /** The program of that name, where it is installed. */
  static Optional<Path> find(String program) {
    Stream<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
    return Stream.concat(path, DAEMONS.stream())
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts {@code command}; what it prints goes to {@code log}.
   *
   * @param log a file to be
   */
  static NativeServer start(List<String> command, Path log) {
    List<String> watched =
        new ArrayList<>(List.of("/bin/sh", "-c", UNTIL_THE_PIPE_ENDS, "native-server"));
    watched.addAll(command);
    try {
      Process shell =
          new ProcessBuilder(watched)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new NativeServer(shell, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return shell.isAlive();
  }

  /** What the server has printed so far. */
  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
