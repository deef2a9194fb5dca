package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketOutcome;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Files tickets in Jira. Made for one run and used by one thread, which may be interrupted. */
public final class JiraTicketDesk implements TicketDesk {

  /** How long a run waits for the search to find what it filed (R26). */
  private static final Duration SETTLE = Duration.ofSeconds(60);

  /** What there is once the desk is open. */
  private record Opened(JiraSession jira, IssueSearch search, TicketWriting writing) {}

  private final JiraSettings settings;
  private final Supplier<List<String>> runLogLines;
  private final Supplier<JiraSession> sessions;
  private @Nullable Opened opened;

  /** Whether what was filed can be found at all (R25d). */
  private boolean searchFinds = true;

  /**
   * A desk at the Jira of {@code settings}; several threads call {@code events}. The log is read
   * when an alert is filed.
   */
  public JiraTicketDesk(
      JiraSettings settings, Supplier<List<String>> runLogLines, JiraEvents events, Clock clock) {
    this(
        settings,
        runLogLines,
        events,
        new Waits(Thread::sleep, clock),
        new Pace(Thread::sleep, System::nanoTime),
        JiraSession.OWN_THREAD);
  }

  /** The same; {@code Runnable::run} has the caller make the requests. */
  JiraTicketDesk(
      JiraSettings settings,
      Supplier<List<String>> runLogLines,
      JiraEvents events,
      Waits waits,
      Pace pace,
      Executor executor) {
    this.settings = settings;
    this.runLogLines = runLogLines;
    this.sessions = () -> JiraSession.open(settings, waits, pace, events, executor);
  }

  @Override
  public void open() {
    close();
    JiraSession jira = sessions.get();
    try {
      JiraSite site = new DeskOpening(jira).open();
      IssueSearch search = new IssueSearch(jira, site);
      opened = new Opened(jira, search, new TicketWriting(jira, site, search, runLogLines));
    } finally {
      if (opened == null) {
        jira.close();
      }
    }
  }

  @Override
  public List<FoundIssue> openIssues() {
    return desk().search().openTickets();
  }

  @Override
  public Map<String, FoundIssue> readAgain(Collection<String> keys) {
    return desk().search().readAgain(keys);
  }

  @Override
  public boolean isFiled(String label) {
    return desk().search().isFiled(label);
  }

  /**
   * The first new ticket of each kind goes alone (R25d), then many in bulk and all else alone; one
   * thread writes one issue.
   */
  @Override
  public void carryOut(List<TicketAction> plan, Consumer<TicketOutcome> outcomes) {
    TicketWriting writing = desk().writing();
    List<TicketAction> rest = new ArrayList<>(plan);
    Optional<TicketDeskException> unfit = fileFirst(rest, outcomes);
    if (unfit.isPresent()) {
      rest.removeIf(Batches::isNew);
    }
    Batches batches = Batches.of(rest);
    List<Workers.Task<TicketOutcome>> work = new ArrayList<>();
    batches.bulks().forEach(bulk -> work.add(results -> writing.writeAll(bulk, results)));
    batches.alone().forEach(action -> work.add(results -> writing.write(action, results)));
    Workers.run(work, outcomes);
    unfit.ifPresent(e -> {
      throw e;
    });
  }

  /**
   * Files new tickets, one by one, until one of each kind is there, and takes those out of {@code
   * plan}. Returns why the project is not fit for more of them.
   */
  private Optional<TicketDeskException> fileFirst(
      List<TicketAction> plan, Consumer<TicketOutcome> outcomes) {
    TicketWriting writing = desk().writing();
    try {
      for (Predicate<TicketAction> kind : Batches.NEW) {
        int before = writing.filed().size();
        Iterator<TicketAction> each = plan.iterator();
        while (each.hasNext() && writing.filed().size() == before) {
          TicketAction action = each.next();
          if (kind.test(action)) {
            each.remove();
            writing.write(action, outcomes);
          }
        }
      }
      return Optional.empty();
    } catch (TicketDeskException e) {
      if (e.fault() != Fault.CONFIGURATION_ERROR) {
        throw e;
      }
      searchFinds = false;
      return Optional.of(e);
    }
  }

  /** Cloud's index lags: a run that started at once would file the same again. */
  @Override
  public void settle() {
    JiraSession jira = desk().jira();
    Set<String> filed = searchFinds ? desk().writing().filed() : Set.of();
    Instant end = jira.waits().now().plus(SETTLE);
    Duration next = Duration.ofSeconds(1);
    boolean found = filed.isEmpty() || desk().search().findsAll(filed);
    while (!found && jira.waits().now().isBefore(end)) {
      Duration left = Duration.between(jira.waits().now(), end);
      jira.waits().plain(Collections.min(List.of(next, left)));
      next = next.multipliedBy(2);
      found = desk().search().findsAll(filed);
    }
    if (!found) {
      jira.events()
          .warning(
              "Jira's search does not find all %d new tickets after %d s; the next run may file duplicates"
                  .formatted(filed.size(), SETTLE.toSeconds()));
    }
  }

  @Override
  public Optional<URI> page(String issueKey) {
    return settings.issuePage(issueKey);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.jira().close();
      opened = null;
    }
  }

  private Opened desk() {
    return Objects.requireNonNull(opened, "the desk was not opened");
  }
}
