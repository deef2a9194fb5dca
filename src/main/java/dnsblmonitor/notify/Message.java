package dnsblmonitor.notify;

import dnsblmonitor.notify.Item.ChangedRow;
import dnsblmonitor.notify.Item.Ended;
import dnsblmonitor.notify.Item.FailedRun;
import dnsblmonitor.notify.Item.Started;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is said to every target about one run.
 *
 * @param id of the run
 * @param at the end of the run
 * @param items the most urgent first; none: it is a test
 */
record Message(String deployment, String id, Instant at, List<Item> items) {

  Message {
    items = items.stream().sorted(Comparator.comparingInt(Item::urgency)).toList();
  }

  static Message test(String deployment, String id, Instant at) {
    return new Message(deployment, id, at, List.of());
  }

  boolean isTest() {
    return items.isEmpty();
  }

  /** The first line of the text: what to do about the most urgent items. */
  String summary() {
    if (isTest()) {
      return "This is a test: nothing to do";
    }
    Item first = items.getFirst();
    int count = (int) items.stream().filter(it -> it.urgency() == first.urgency()).count();
    return switch (first) {
      case FailedRun _ -> "Fix the monitor: its run failed";
      case ChangedRow row -> todo(row, count);
      case Started condition -> todo(condition, count);
      case Ended _ ->
          count == 1
              ? "Nothing to do: a problem has ended"
              : "Nothing to do: %d problems have ended".formatted(count);
    };
  }

  private static String todo(ChangedRow row, int count) {
    String addresses = count == 1 ? row.address() : count + " addresses";
    String are = count == 1 ? "is" : "are";
    return switch (row.topic()) {
      case CHANGED ->
          "Check the delisting request: the blocklists that list %s have changed"
              .formatted(addresses);
      case RESTORED -> "Nothing to do: %s %s no longer listed".formatted(addresses, are);
      default -> "Request delisting: %s %s newly listed".formatted(addresses, are);
    };
  }

  private static String todo(Started condition, int count) {
    return switch (condition.topic()) {
      case POOL_EXHAUSTED ->
          count == 1
              ? "Add an address to pool %s: all its addresses are listed"
                  .formatted(condition.subject())
              : "Add addresses to %d pools: all their addresses are listed".formatted(count);
      case MASS_LISTING ->
          "Check %s many addresses at once".formatted(blocklists(condition, count, "list"));
      case MALFUNCTION -> "Check the DNS resolvers: too many blocklists give no usable answer";
      default -> "Check %s no usable answer".formatted(blocklists(condition, count, "give"));
    };
  }

  /** The subject of a sentence, with its verb. */
  private static String blocklists(Started condition, int count, String verb) {
    return count == 1
        ? "the blocklist %s: it %ss".formatted(condition.subject(), verb)
        : "%d blocklists: they %s".formatted(count, verb);
  }

  /**
   * The whole text.
   *
   * @param maxItems further ones are only counted
   * @param maxLength roughly, in characters; further items are only counted
   */
  String text(int maxItems, int maxLength) {
    StringBuilder lines = new StringBuilder();
    int shown = 0;
    for (Item item : items) {
      if (shown == maxItems || lines.length() + item.line().length() > maxLength) {
        break;
      }
      lines.append("- ").append(item.line()).append('\n');
      shown++;
    }
    if (shown < items.size()) {
      lines.append("and %d more\n".formatted(items.size() - shown));
    }
    if (isTest()) {
      lines.append("Notifications of the monitor reach this target.\n");
    }
    return "%s\nDeployment: %s\n\n%s\nRun: %s\n".formatted(summary(), deployment, lines, id);
  }

  /** The items of one kind. */
  static <T extends Item> Stream<T> only(Class<T> kind, List<Item> items) {
    return items.stream().filter(kind::isInstance).map(kind::cast);
  }
}
