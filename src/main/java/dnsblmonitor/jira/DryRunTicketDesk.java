package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketOutcome;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Searches as the real desk does, and writes nothing (R3). */
public final class DryRunTicketDesk implements TicketDesk {

  private final Optional<JiraTicketDesk> real;

  private DryRunTicketDesk(Optional<JiraTicketDesk> real) {
    this.real = real;
  }

  /** Searches in the Jira of {@code real}. */
  public static TicketDesk searching(JiraTicketDesk real) {
    return new DryRunTicketDesk(Optional.of(real));
  }

  /** For a dry run without a Jira: decides as if Jira were empty. */
  public static TicketDesk withoutJira() {
    return new DryRunTicketDesk(Optional.empty());
  }

  @Override
  public void open() {
    real.ifPresent(JiraTicketDesk::open);
  }

  @Override
  public List<FoundIssue> openIssues() {
    return real.map(JiraTicketDesk::openIssues).orElse(List.of());
  }

  @Override
  public Map<String, FoundIssue> readAgain(Collection<String> keys) {
    return real.map(desk -> desk.readAgain(keys)).orElse(Map.of());
  }

  @Override
  public boolean isFiled(String label) {
    return real.isPresent() && real.get().isFiled(label);
  }

  @Override
  public void carryOut(List<TicketAction> plan, Consumer<TicketOutcome> outcomes) {
    Batches.inOrder(plan)
        .map(action -> new TicketOutcome.Done(action, Optional.empty()))
        .forEach(outcomes);
  }

  @Override
  public Optional<URI> page(String issueKey) {
    return real.flatMap(desk -> desk.page(issueKey));
  }

  @Override
  public void settle() {}

  @Override
  public void close() {
    real.ifPresent(JiraTicketDesk::close);
  }
}
