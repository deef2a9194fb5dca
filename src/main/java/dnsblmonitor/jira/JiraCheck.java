package dnsblmonitor.jira;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.jira.JiraSite.CreateScreen;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries at Jira what a run needs, and writes nothing (R5b): the same questions as when a run opens
 * its desk, each a finding, and the account's permissions. Made for one check, used by one thread.
 */
public final class JiraCheck {

  private final JiraSettings settings;
  private final Consumer<String> progress;
  private final Replies replies;
  private final JiraCalls calls;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final JiraEvents events = new Heard();

  /**
   * A check of the Jira of {@code settings}.
   *
   * @param progress told what is waited for before a call is repeated
   */
  public JiraCheck(JiraSettings settings, Consumer<String> progress, Clock clock) {
    this(settings, progress, new Waits(Thread::sleep, clock));
  }

  JiraCheck(JiraSettings settings, Consumer<String> progress, Waits waits) {
    this.settings = settings;
    this.progress = progress;
    this.replies = new Replies(settings);
    Pace unused = new Pace(Thread::sleep, System::nanoTime);
    this.calls = new JiraCalls(waits, unused, replies, events, JiraCalls.OWN_THREAD);
  }

  /** Keeps the warnings for the finding that they belong to. */
  private final class Heard implements JiraEvents {
    @Override
    public void retrying(int attempt, Duration wait, String cause) {
      progress.accept("%s; asking again in %d s".formatted(cause, wait.toSeconds()));
    }

    @Override
    public void warning(String message) {
      warnings.add(message);
    }
  }

  /** In the order in which a run asks; what would fail for the same reason is left out. */
  public List<Finding> findings() {
    findings.clear();
    try {
      attempt("Jira server", () -> JiraSession.open(settings, calls, replies))
          .ifPresent(this::lookAndClose);
    } catch (TicketDeskException e) {
      // a finding already, and nothing more can be asked
    }
    return List.copyOf(findings);
  }

  private void lookAndClose(JiraSession jira) {
    try {
      look(jira);
    } finally {
      jira.close();
    }
  }

  private void look(JiraSession jira) {
    DeskOpening opening = new DeskOpening(jira, events);
    attempt("Jira server", () -> kind(jira)).ifPresent(kind -> find("Jira server", kind));
    Optional<JsonObject> account = attempt("Jira login", opening::login);
    if (account.isEmpty()) {
      return;
    }
    find("Jira login", "as " + replies.quoted(name(account.get())));
    String project = "Jira project " + settings.project();
    Optional<Map<String, String>> types = attempt(project, opening::issueTypes);
    if (types.isEmpty()) {
      return;
    }
    find(project, "its issue types: " + DeskOpening.described(types.get()));
    attempt("Jira permissions", new PermissionCheck(jira)::finding).ifPresent(findings::add);
    Map<String, CreateScreen> screens = screens(opening, types.get());
    attempt("Jira statuses", opening::knownStatuses)
        .ifPresent(statuses -> {
          String known = statuses.isEmpty() ? "none" : DeskOpening.named(statuses);
          find("Jira statuses", "not open: " + known);
          search(new IssueSearch(jira, new JiraSite(screens, statuses)));
        });
  }

  private String kind(JiraSession jira) {
    String what = "question which Jira " + settings.server() + " is";
    JsonObject info = replies.object(what, calls.repeatedly(what, jira.api()::serverInfo));
    String version = replies.quoted(Wire.text(info, "version").orElse("unknown"));
    JiraKind kind = JiraKind.of(info);
    if (settings.kind().filter(set -> set != kind).isPresent()) {
      warnings.add("JIRA_DEPLOYMENT says otherwise");
    }
    return switch (kind) {
      case CLOUD -> "Jira Cloud, version " + version;
      case DATA_CENTER -> "Jira Data Center, version " + version;
    };
  }

  private static String name(JsonObject account) {
    return Wire.text(account, "displayName").orElse("an account without a display name");
  }

  private Map<String, CreateScreen> screens(DeskOpening opening, Map<String, String> types) {
    Map<String, CreateScreen> screens = new TreeMap<>();
    for (String name : new TreeSet<>(List.of(settings.issueType(), settings.alertIssueType()))) {
      String tried = "Jira issue type " + name;
      attempt(tried, () -> opening.createScreen(name, DeskOpening.typeId(name, types)))
          .ifPresent(screen -> {
            screens.put(name, screen);
            if (!screen.takesLabels()) {
              warnings.add("labels are not on its create screen: tickets are filed without");
            }
            find(tried, "its create screen takes what tickets need");
          });
    }
    return screens;
  }

  private void search(IssueSearch search) {
    TicketLabels labels = new TicketLabels(settings.deployment());
    attempt("Jira search", search::openTickets)
        .ifPresent(found -> {
          long ours = found.stream().filter(issue -> labels.areOurs(issue.labels())).count();
          find(
              "Jira search",
              "open tickets of this deployment, '%s': %d; others that may be tickets: %d"
                  .formatted(settings.deployment(), ours, found.size() - ours));
        });
  }

  /** It holds, unless there was a warning on the way. */
  private void find(String tried, String details) {
    findings.add(
        warnings.isEmpty()
            ? new Holds(tried, details)
            : new Warns(tried, details + "; but " + String.join("; ", warnings)));
    warnings.clear();
  }

  /**
   * What {@code step} brings; empty where it failed alone.
   *
   * @throws TicketDeskException where all that follows would fail as well
   */
  private <T> Optional<T> attempt(String tried, Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (TicketDeskException e) {
      warnings.clear();
      findings.add(new Fails(tried, e.getMessage()));
      if (e.fault() == Fault.AUTHENTICATION_FAILED || e.fault() == Fault.UNREACHABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
