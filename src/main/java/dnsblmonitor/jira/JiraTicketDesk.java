package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketAction.Tell;
import dnsblmonitor.domain.TicketAction.TellAlert;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketOutcome;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Files tickets in Jira. Made for one run and used by one thread, which may be interrupted. */
public final class JiraTicketDesk implements TicketDesk {

  /** How long a run waits for the search to find what it filed (R26). */
  private static final Duration SETTLE = Duration.ofSeconds(60);

  /** What is there once the desk is open. */
  private record Opened(
      JiraSession jira,
      IssueSearch search,
      IssueFiling filing,
      BulkFiling bulk,
      IssueEdits edits,
      RunLogAttachment runLog,
      JiraSite site) {}

  private final JiraSettings settings;
  private final Supplier<List<String>> runLogLines;
  private final JiraEvents events;
  private final Waits waits;
  private final Replies replies;
  private final JiraCalls calls;
  private final Set<String> filed = ConcurrentHashMap.newKeySet();
  private @Nullable Opened opened;

  /**
   * A desk at the Jira of {@code settings}.
   *
   * @param runLogLines the run's log so far, asked for when an alert is filed
   * @param events may be told by several threads
   * @param executor makes the requests; {@code Runnable::run} has the caller make them, so that an
   *     interrupt does not end one
   */
  public JiraTicketDesk(
      JiraSettings settings,
      Supplier<List<String>> runLogLines,
      JiraEvents events,
      Clock clock,
      Executor executor) {
    this(
        settings,
        runLogLines,
        events,
        new Waits(Thread::sleep, clock),
        new Pace(Thread::sleep, System::nanoTime),
        executor);
  }

  JiraTicketDesk(
      JiraSettings settings,
      Supplier<List<String>> runLogLines,
      JiraEvents events,
      Waits waits,
      Pace pace,
      Executor executor) {
    this.settings = settings;
    this.runLogLines = runLogLines;
    this.events = events;
    this.waits = waits;
    replies = new Replies(settings);
    calls = new JiraCalls(waits, pace, replies, events, executor);
  }

  @Override
  public void open() {
    close();
    JiraSession jira = JiraSession.open(settings, calls, replies);
    try {
      opened = opened(jira, new DeskOpening(jira, events).open());
    } finally {
      if (opened == null) {
        jira.close();
      }
    }
  }

  private Opened opened(JiraSession jira, JiraSite site) {
    IssueSearch search = new IssueSearch(jira, site);
    IssueFiling filing = new IssueFiling(jira, site, search);
    IssueEdits edits = new IssueEdits(jira, events);
    return new Opened(
        jira,
        search,
        filing,
        new BulkFiling(jira, filing),
        edits,
        new RunLogAttachment(runLogLines, jira, edits, events),
        site);
  }

  @Override
  public List<FoundIssue> openIssues() {
    return desk().search().openTickets();
  }

  /** Many new tickets go in bulk, all else alone; one issue is written by one thread. */
  @Override
  public void carryOut(List<TicketAction> plan, Consumer<TicketOutcome> outcomes) {
    List<Supplier<List<TicketOutcome>>> work = new ArrayList<>();
    for (List<TicketAction> part : Batches.of(plan)) {
      work.add(() -> part.size() == 1 ? List.of(outcome(part.getFirst())) : createAll(part));
    }
    Workers.run(work, some -> some.forEach(outcomes));
  }

  private TicketOutcome outcome(TicketAction action) {
    try {
      return new TicketOutcome.Done(action, Optional.of(carryOut(action)));
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      return new TicketOutcome.Failed(action, e);
    }
  }

  /** The key of the issue that was written. */
  String carryOut(TicketAction action) {
    return switch (action) {
      case Create create -> keep(newIssue(create), desk().filing().file(newIssue(create)));
      case RaiseAlert alert -> raise(alert);
      case Tell tell -> tell(tell);
      case TellAlert tell -> tell(tell);
    };
  }

  private List<TicketOutcome> createAll(List<TicketAction> creates) {
    List<NewIssue> issues = creates.stream().map(create -> newIssue((Create) create)).toList();
    List<BulkFiling.Filed> all = desk().bulk().file(issues);
    List<TicketOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < issues.size(); i++) {
      outcomes.add(
          switch (all.get(i)) {
            case BulkFiling.Filed.As(String key) ->
                new TicketOutcome.Done(creates.get(i), Optional.of(keep(issues.get(i), key)));
            case BulkFiling.Filed.Not(var why) -> new TicketOutcome.Failed(creates.get(i), why);
          });
    }
    return outcomes;
  }

  private NewIssue newIssue(Create create) {
    return new NewIssue(
        settings.issueType(),
        create.summary(),
        create.description(),
        create.labels(),
        ToldProperty.of(create.told()));
  }

  private String raise(RaiseAlert alert) {
    NewIssue issue =
        new NewIssue(
            settings.alertIssueType(),
            alert.summary(),
            alert.description(),
            alert.labels(),
            ToldProperty.of(alert.told()));
    String key = keep(issue, desk().filing().file(issue));
    desk().runLog().addTo(key);
    return key;
  }

  /** Remembers what was filed, and sees to it that the next run knows it as ours (R25a). */
  private String keep(NewIssue issue, String key) {
    filed.add(key);
    boolean labelled = desk().site().screen(issue.issueType()).takesLabels();
    if (!labelled && !desk().jira().dialect().givesAndTakesProperties()) {
      desk()
          .edits()
          .keepProperty(
              key,
              ToldProperty.withLabels(issue.told(), issue.labels()),
              property -> ToldProperty.labels(property).equals(issue.labels()));
    }
    return key;
  }

  private String tell(Tell tell) {
    desk()
        .edits()
        .tell(
            tell.issueKey(),
            tell.comment(),
            tell.newSummary(),
            withLabels(tell.issueKey(), ToldProperty.of(tell.told())),
            property -> ToldProperty.told(property).filter(tell.told()::equals).isPresent());
    return tell.issueKey();
  }

  private String tell(TellAlert tell) {
    desk()
        .edits()
        .tell(
            tell.issueKey(),
            tell.comment(),
            Optional.empty(),
            withLabels(tell.issueKey(), ToldProperty.of(tell.told())),
            property -> ToldProperty.alert(property).filter(tell.told()::equals).isPresent());
    return tell.issueKey();
  }

  private JsonObject withLabels(String key, JsonObject told) {
    return ToldProperty.withLabels(told, desk().search().labelsInProperty(key));
  }

  /** Cloud's index lags: a run that started at once would file the same again. */
  @Override
  public void settle() {
    Duration waited = Duration.ZERO;
    Duration next = Duration.ofSeconds(1);
    boolean found = allFound();
    while (!found && waited.compareTo(SETTLE) < 0) {
      Duration left = SETTLE.minus(waited);
      Duration wait = next.compareTo(left) < 0 ? next : left;
      waits.plain(wait);
      waited = waited.plus(wait);
      next = next.multipliedBy(2);
      found = allFound();
    }
    if (!found) {
      events.warning(
          "Jira's search does not find all %d new tickets after %d s: a run that does not find them either files them again"
              .formatted(filed.size(), SETTLE.toSeconds()));
    }
  }

  private boolean allFound() {
    return filed.isEmpty() || desk().search().findsAll(filed);
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
