package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;

/**
 * Commands from the launcher to the server on its standard input, one per line. The end of the
 * input (the launcher has ended) means {@link #STOP}.
 */
enum Command {
  /** Stop the run gracefully: SIGTERM was received. */
  STOP,
  /** Stop the run gracefully: {@code RUN_DEADLINE} has passed. */
  DEADLINE,
  /** The server of {@code serve} is ready: start the schedule. */
  READY;

  /** The reader of commands; open it only once. */
  static BufferedReader fromLauncher() {
    return new BufferedReader(new InputStreamReader(System.in, UTF_8));
  }

  /** The next command; {@link #STOP} also at the end of the input or for an unknown command. */
  static Command next(BufferedReader commands) {
    try {
      String line = commands.readLine();
      return Arrays.stream(values())
          .filter(command -> command.name().equals(line))
          .findFirst()
          .orElse(STOP);
    } catch (IOException e) {
      return STOP;
    }
  }
}
