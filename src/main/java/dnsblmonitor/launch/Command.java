package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;

/**
 * What the launcher tells the server over its standard input, a word a line. The end of the input
 * (the launcher is gone) means {@link #STOP}.
 */
enum Command {
  /** End the run in order: SIGTERM came. */
  STOP,
  /** End the run in order: {@code RUN_DEADLINE} has passed. */
  DEADLINE,
  /** The server of {@code serve} answers: its schedule begins. */
  READY;

  /** What the launcher says to this server; to be opened once. */
  static BufferedReader fromLauncher() {
    return new BufferedReader(new InputStreamReader(System.in, UTF_8));
  }

  /** The next one; {@link #STOP} also if the launcher is gone, or says what is no command. */
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
