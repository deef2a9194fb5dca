package dnsblmonitor.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java processes of the benchmark: they end with their parent. */
final class Children {

  private Children() {}

  /** Starts {@code main}; what it says on standard error is ours. */
  static Process start(List<String> jvmOptions, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** In a child: ends it when its standard input does, which is the parent's to keep open. */
  static void endWithParent() {
    Thread.ofPlatform().daemon().name("end-with-parent").start(Children::awaitParentsEnd);
  }

  private static void awaitParentsEnd() {
    try {
      while (System.in.read() >= 0) {
        // the parent says nothing
      }
    } catch (IOException _) {
      // it is gone
    }
    Runtime.getRuntime().halt(1);
  }
}
