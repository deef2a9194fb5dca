package dnsblmonitor.dnsbl;

import java.util.function.Consumer;
import org.xbill.DNS.Record;

/** Starts the questions to one zone. */
@FunctionalInterface
interface Asker {

  /**
   * Sends {@code record}, an absolute name and a type, and returns at once.
   *
   * @param deadlineNanos when the outcome is told at the latest, by {@link System#nanoTime()}
   * @param tell told on the loop, once
   */
  Question ask(Record record, long deadlineNanos, Consumer<Outcome> tell);
}
