package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.Create;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plan, cut into what is carried out at a time.
 *
 * @param bulks new tickets, where there are enough of them
 * @param alone all other actions
 */
record Batches(List<List<Create>> bulks, List<TicketAction> alone) {

  static Batches of(List<TicketAction> plan) {
    List<Create> creates =
        plan.stream().filter(Create.class::isInstance).map(Create.class::cast).toList();
    if (creates.size() < BulkFiling.FEWEST) {
      return new Batches(List.of(), List.copyOf(plan));
    }
    List<List<Create>> bulks = new ArrayList<>();
    for (int from = 0; from < creates.size(); from += BulkFiling.MOST) {
      bulks.add(creates.subList(from, Math.min(from + BulkFiling.MOST, creates.size())));
    }
    return new Batches(bulks, plan.stream().filter(action -> !(action instanceof Create)).toList());
  }

  /** All actions, as they are carried out. */
  Stream<TicketAction> inOrder() {
    return Stream.concat(bulks.stream().flatMap(List::stream), alone.stream());
  }
}
