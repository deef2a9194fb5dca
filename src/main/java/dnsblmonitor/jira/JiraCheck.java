package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskOpening.named;

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
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries at Jira what a run needs, and writes nothing (R5b): the same steps as when a run opens its
 * desk, each a finding, and the account's permissions. Made for one check, used by one thread.
 */
public final class JiraCheck {

  private static final String ATTACH = "CREATE_ATTACHMENTS";

  private static final List<String> PERMISSIONS =
      List.of("ADD_COMMENTS", "BROWSE_PROJECTS", ATTACH, "CREATE_ISSUES", "EDIT_ISSUES");

  private final JiraSettings settings;
  private final Consumer<String> progress;
  private final Waits waits;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final JiraEvents events = new Heard();

  /** A check that reports to {@code progress} what it waits for before it repeats a call. */
  public JiraCheck(JiraSettings settings, Consumer<String> progress, Clock clock) {
    this(settings, progress, new Waits(Thread::sleep, clock));
  }

  JiraCheck(JiraSettings settings, Consumer<String> progress, Waits waits) {
    this.settings = settings;
    this.progress = progress;
    this.waits = waits;
  }

  /** Keeps the warnings for the finding that they belong to. */
  private final class Heard implements JiraEvents {
    @Override
    public void retrying(int attempt, Duration wait, String cause) {
      progress.accept("%s; retrying in %d s".formatted(cause, wait.toSeconds()));
    }

    @Override
    public void warning(String message) {
      warnings.add(message);
    }
  }

  /** In the order of a run; what would fail for the same reason is left out. */
  public List<Finding> findings() {
    Pace unused = new Pace(Thread::sleep, System::nanoTime);
    try (JiraSession jira =
        must(
            "Jira server",
            () -> JiraSession.open(settings, waits, unused, events, JiraSession.OWN_THREAD))) {
      check(jira);
    } catch (TicketDeskException e) {
      // a finding already, and the rest would fail as well
    }
    return List.copyOf(findings);
  }

  private void check(JiraSession jira) {
    DeskOpening opening = new DeskOpening(jira);
    attempt("Jira server", () -> kind(jira.serverInfo()))
        .ifPresent(kind -> find("Jira server", jira.replies().quoted(kind)));
    String account = must("Jira login", () -> name(opening.login()));
    find("Jira login", "as " + jira.replies().quoted(account));
    String project = "Jira project " + settings.project();
    Map<String, String> types = must(project, opening::issueTypes);
    find(project, "its issue types: " + DeskOpening.described(types));
    attempt("Jira permissions", () -> permissions(jira)).ifPresent(findings::add);
    Map<String, CreateScreen> screens = screens(opening, types);
    attempt("Jira statuses", opening::knownStatuses)
        .ifPresent(statuses -> {
          find("Jira statuses", "not open: " + named(statuses));
          search(new IssueSearch(jira, new JiraSite(screens, statuses)));
        });
  }

  private String kind(JsonObject serverInfo) {
    JiraKind kind = JiraKind.of(serverInfo);
    if (settings.kind().filter(set -> set != kind).isPresent()) {
      warnings.add("JIRA_DEPLOYMENT is set to the other kind");
    }
    return "%s, version %s"
        .formatted(
            kind == JiraKind.CLOUD ? "Jira Cloud" : "Jira Data Center",
            Wire.text(serverInfo, "version").orElse("unknown"));
  }

  private static String name(JsonObject account) {
    return Wire.text(account, "displayName").orElse("an account without a display name");
  }

  private Finding permissions(JiraSession jira) {
    String tried = "Jira permissions";
    String project = settings.project();
    JsonObject answer =
        jira.object(
            "permissions in project " + project,
            api -> api.permissions(project, String.join(",", PERMISSIONS)));
    List<String> missing = new ArrayList<>(PERMISSIONS);
    missing.removeIf(key ->
        Wire.object(Wire.object(answer, "permissions"), key).getBoolean("havePermission", false));
    List<String> granted = new ArrayList<>(PERMISSIONS);
    granted.removeAll(missing);
    if (missing.isEmpty()) {
      return new Holds(tried, "the account has " + named(granted));
    }
    return missing.equals(List.of(ATTACH))
        ? new Warns(
            tried,
            "the account lacks '%s'; alerts get the log of the run as a comment".formatted(ATTACH))
        : new Fails(
            tried,
            "the account lacks %s in project %s; it has %s"
                .formatted(named(missing), project, named(granted)));
  }

  private Map<String, CreateScreen> screens(DeskOpening opening, Map<String, String> types) {
    Map<String, CreateScreen> screens = new TreeMap<>();
    for (String name : settings.issueTypes()) {
      String tried = "Jira issue type " + name;
      attempt(tried, () -> opening.createScreen(name, types))
          .ifPresent(screen -> {
            screens.put(name, screen);
            if (!screen.takesLabels()) {
              warnings.add("labels are not on its create screen; tickets are filed without them");
            }
            find(tried, "its create screen has all fields that tickets need");
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

  /** What {@code step} returns; if it fails, that is a finding, and the check ends. */
  private <T> T must(String tried, Supplier<T> step) {
    try {
      return step.get();
    } catch (TicketDeskException e) {
      warnings.clear();
      findings.add(new Fails(tried, e.getMessage()));
      throw e;
    }
  }

  /** The same, but empty if the steps after it may still hold. */
  private <T> Optional<T> attempt(String tried, Supplier<T> step) {
    try {
      return Optional.of(must(tried, step));
    } catch (TicketDeskException e) {
      if (e.fault() == Fault.AUTHENTICATION_FAILED || e.fault() == Fault.UNREACHABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
