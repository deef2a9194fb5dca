package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import java.util.ArrayList;
import java.util.List;

/** Cuts a plan into what is carried out at a time: bulks of new tickets, other actions alone. */
final class Batches {

  private Batches() {}

  /** Each action once; bulks first, as far as there are new tickets enough. */
  static List<List<TicketAction>> of(List<TicketAction> plan) {
    List<TicketAction> creates =
        plan.stream().filter(action -> action instanceof TicketAction.Create).toList();
    if (creates.size() < BulkFiling.FEWEST) {
      return plan.stream().map(List::of).toList();
    }
    List<List<TicketAction>> batches = new ArrayList<>();
    for (int from = 0; from < creates.size(); from += BulkFiling.MOST) {
      batches.add(creates.subList(from, Math.min(from + BulkFiling.MOST, creates.size())));
    }
    plan.stream()
        .filter(action -> !(action instanceof TicketAction.Create))
        .forEach(action -> batches.add(List.of(action)));
    return batches;
  }
}
