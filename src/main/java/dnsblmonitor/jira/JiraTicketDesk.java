package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketAction.Tell;
import dnsblmonitor.domain.TicketAction.TellAlert;
import dnsblmonitor.domain.TicketDesk;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files tickets in Jira. Made for one run and used by one thread; an interrupt of it ends a wait,
 * and a request where {@code executor} has other threads, with fault {@code UNREACHABLE}.
 */
public final class JiraTicketDesk implements TicketDesk {

  /** How long a run waits for the search to find what it filed (R26). */
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final JiraSettings settings;
  private final Waits waits;
  private final JiraApi api;
  private final DeskOpening opening;
  private final IssueSearch search;
  private final IssueFiling filing;
  private final IssueEdits edits;
  private final RunLogAttachment runLog;
  private final Set<String> filed = new HashSet<>();
  private @Nullable JiraSite site;

  /**
   * A desk at the Jira of {@code settings}.
   *
   * @param runLogLines the run's log so far, asked for when an alert is filed
   * @param executor makes the requests; {@code Runnable::run} has the caller make them
   */
  public JiraTicketDesk(
      JiraSettings settings,
      Supplier<List<String>> runLogLines,
      JiraEvents events,
      Clock clock,
      Executor executor) {
    this(settings, runLogLines, events, new Waits(Thread::sleep, clock), executor);
  }

  JiraTicketDesk(
      JiraSettings settings,
      Supplier<List<String>> runLogLines,
      JiraEvents events,
      Waits waits,
      Executor executor) {
    JiraDialect dialect = new CloudDialect();
    api = JiraConnector.connect(settings, dialect);
    Replies replies = new Replies(settings.apiToken());
    JiraCalls calls = new JiraCalls(waits, replies, events, executor);
    this.settings = settings;
    this.waits = waits;
    opening = new DeskOpening(settings, api, calls, replies, events);
    search = new IssueSearch(settings, dialect, api, calls, replies);
    filing = new IssueFiling(settings, dialect, api, calls, replies, search);
    edits = new IssueEdits(settings.propertyKey(), dialect, api, calls, replies);
    runLog = new RunLogAttachment(runLogLines, api, calls, replies, edits, events);
  }

  @Override
  public void open() {
    site = opening.open();
  }

  @Override
  public List<FoundIssue> openIssues() {
    return search.openTickets(opened());
  }

  @Override
  public Optional<String> carryOut(TicketAction action) {
    return Optional.of(
        switch (action) {
          case Create create -> create(create);
          case RaiseAlert alert -> raise(alert);
          case Tell tell -> tell(tell);
          case TellAlert tell -> tell(tell);
        });
  }

  private String create(Create create) {
    return file(
        new NewIssue(
            settings.issueType(),
            create.summary(),
            create.description(),
            create.labels(),
            ToldProperty.of(create.told()),
            settings.extraFields().orElse(JsonValue.EMPTY_JSON_OBJECT)));
  }

  private String raise(RaiseAlert alert) {
    String key =
        file(
            new NewIssue(
                settings.alertIssueType(),
                alert.summary(),
                alert.description(),
                alert.labels(),
                ToldProperty.of(alert.told()),
                JsonValue.EMPTY_JSON_OBJECT));
    runLog.addTo(key);
    return key;
  }

  private String file(NewIssue issue) {
    String key = filing.file(issue, opened());
    filed.add(key);
    return key;
  }

  private String tell(Tell tell) {
    edits.tell(
        tell.issueKey(),
        tell.comment(),
        tell.newSummary(),
        withLabels(tell.issueKey(), ToldProperty.of(tell.told())),
        property -> ToldProperty.told(property).filter(tell.told()::equals).isPresent());
    return tell.issueKey();
  }

  private String tell(TellAlert tell) {
    edits.tell(
        tell.issueKey(),
        tell.comment(),
        Optional.empty(),
        withLabels(tell.issueKey(), ToldProperty.of(tell.told())),
        property -> ToldProperty.alert(property).filter(tell.told()::equals).isPresent());
    return tell.issueKey();
  }

  private JsonObject withLabels(String key, JsonObject told) {
    return ToldProperty.withLabels(told, search.labelsInProperty(key));
  }

  /** Cloud's index lags: a run that started at once would file the same again. */
  @Override
  public void settle() {
    Duration waited = Duration.ZERO;
    Duration next = Duration.ofSeconds(1);
    while (!allFound() && waited.compareTo(SETTLE) < 0) {
      Duration left = SETTLE.minus(waited);
      Duration wait = next.compareTo(left) < 0 ? next : left;
      waits.plain(wait);
      waited = waited.plus(wait);
      next = next.multipliedBy(2);
    }
  }

  private boolean allFound() {
    return filed.isEmpty()
        || openIssues().stream().map(FoundIssue::key).toList().containsAll(filed);
  }

  @Override
  public void close() {
    JiraConnector.close(api);
  }

  private JiraSite opened() {
    if (site == null) {
      throw new IllegalStateException("the desk was not opened");
    }
    return site;
  }
}
