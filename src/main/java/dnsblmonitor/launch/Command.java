package dnsblmonitor.launch;

import java.util.Arrays;
import java.util.Optional;

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

  static Optional<Command> parse(String line) {
    return Arrays.stream(values()).filter(command -> command.name().equals(line)).findFirst();
  }
}
