package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

  private static final long MAX_END_SECONDS = 10;

  private final Process shell;
  private final ServerFolder folder;

  private NativeServer(Process shell, ServerFolder folder) {
    this.shell = shell;
    this.folder = folder;
  }

  /**
   * Starts {@code command}.
   *
   * @param folder gets what it prints, and is removed when the server is closed
   */
  static NativeServer start(List<String> command, ServerFolder folder) {
    List<String> watched =
        new ArrayList<>(List.of("/bin/sh", "-c", UNTIL_THE_PIPE_ENDS, "native-server"));
    watched.addAll(command);
    try {
      Process shell =
          new ProcessBuilder(watched)
              .redirectErrorStream(true)
              .redirectOutput(folder.log().toFile())
              .start();
      return new NativeServer(shell, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the server has printed {@code words}, or fails with what it printed instead. */
  void awaitSaid(String words) {
    Await.until("the server says: " + words, () -> hasSaid(words));
  }

  private boolean hasSaid(String words) {
    boolean alive = shell.isAlive();
    String said = said();
    if (!alive) {
      throw new AssertionError("the server ended: " + said);
    }
    return said.contains(words);
  }

  private String said() {
    try {
      return Files.readString(folder.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)) {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    folder.close();
  }
}
