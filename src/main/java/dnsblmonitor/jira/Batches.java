package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.Create;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** A plan in parts: {@code bulks} of new tickets, if there are enough of them, and all else. */
record Batches(List<List<Create>> bulks, List<TicketAction> alone) {

  /** The kinds of new tickets; the first of each goes alone (R25d). */
  static final List<Predicate<TicketAction>> NEW =
      List.of(Create.class::isInstance, TicketAction.RaiseAlert.class::isInstance);

  static Batches of(List<TicketAction> plan) {
    List<Create> creates =
        plan.stream().filter(Create.class::isInstance).map(Create.class::cast).toList();
    return creates.size() < IssueFiling.MIN_ISSUES
        ? new Batches(List.of(), List.copyOf(plan))
        : new Batches(
            creates.stream().gather(Gatherers.windowFixed(IssueFiling.MAX_ISSUES)).toList(),
            plan.stream().filter(action -> !(action instanceof Create)).toList());
  }

  static boolean isNew(TicketAction action) {
    return NEW.stream().anyMatch(kind -> kind.test(action));
  }

  /** The actions of a plan in the order in which they are carried out. */
  static Stream<TicketAction> inOrder(List<TicketAction> plan) {
    List<TicketAction> first =
        NEW.stream().flatMap(kind -> plan.stream().filter(kind).limit(1)).toList();
    Batches rest = of(plan.stream().filter(action -> !first.contains(action)).toList());
    return Stream.of(
            first.stream(), rest.bulks().stream().flatMap(List::stream), rest.alone().stream())
        .flatMap(Function.identity());
  }
}
