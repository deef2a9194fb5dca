package dnsblmonitor.testing;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@link FakeJira} holds, and how it was told to be. Guarded by the server's lock. */
final class FakeJiraSite {

  final FakeJiraDialect dialect;
  final String project;
  final Clock clock;
  final Map<String, FakeJiraIssue> issues = new LinkedHashMap<>();
  final Set<String> projects = new TreeSet<>();

  /** The key of the category of each status. */
  final Map<String, String> statuses =
      new TreeMap<>(
          Map.of("To Do", "new", "In Progress", "indeterminate", "Done", "done", "Closed", "done"));

  final Map<String, String> typeIds =
      new TreeMap<>(Map.of("Task", "10001", "Bug", "10002", "Incident", "10003"));
  final Set<String> demandedFields = new TreeSet<>();

  /** What the account may do in the project, by the key of the permission, with its name. */
  final Map<String, String> permissions =
      new TreeMap<>(
          Map.of(
              "BROWSE_PROJECTS", "Browse Projects",
              "CREATE_ISSUES", "Create Issues",
              "EDIT_ISSUES", "Edit Issues",
              "ADD_COMMENTS", "Add Comments",
              "CREATE_ATTACHMENTS", "Create Attachments"));

  final Set<String> withheldPermissions = new TreeSet<>();
  boolean labelsOnScreen = true;
  boolean attachmentsAllowed = true;
  boolean ignoresProperties;
  int longestPage = 100;
  int searchesUntilVisible;

  /** How many searches show an issue as it was before it was changed. */
  int searchesUntilChanged;

  boolean endlessPages;
  boolean editsElsewhere = true;
  boolean hidesNew;
  boolean dropsLabels;
  String statusOfNew = "To Do";
  String closed = "Done";

  /** What it says of an issue that takes no more comments, in the account's language. */
  String full = "The issue has reached its limit of comments.";

  /** Jira Cloud's own. */
  int commentLimit = 5_000;

  int writes;
  int writeRequests;

  FakeJiraSite(FakeJiraDialect dialect, String project, Clock clock) {
    this.dialect = dialect;
    this.project = project;
    this.projects.add(project);
    this.clock = clock;
  }

  boolean permits(String permission) {
    return !withheldPermissions.contains(permission);
  }

  FakeJiraIssue add(String type, String summary) {
    long number = issues.size() + 1L;
    FakeJiraIssue issue =
        new FakeJiraIssue(project, number, type, summary, statusOfNew, clock.instant());
    issues.put(issue.key, issue);
    return issue;
  }

  /** By its key, or by one that it had before it was moved. */
  Optional<FakeJiraIssue> issue(String key) {
    return issues.values().stream().filter(issue -> issue.hasKey(key)).findFirst();
  }

  /** To another project, where it has another key. */
  String moveTo(FakeJiraIssue issue, String to) {
    issue.changes(searchesUntilChanged);
    projects.add(to);
    issue.formerKeys.add(issue.key);
    issue.project = to;
    issue.key = to + "-" + (1_000 + issue.number);
    return issue.key;
  }

  boolean permitsEdit(FakeJiraIssue issue) {
    return permits("EDIT_ISSUES") && (editsElsewhere || issue.project.equals(project));
  }

  /** The fields of the create screen of every type. */
  Set<String> screen() {
    Set<String> screen =
        new TreeSet<>(Set.of("project", "issuetype", "summary", "description", "reporter"));
    screen.addAll(demandedFields);
    if (labelsOnScreen) {
      screen.add("labels");
    }
    return screen;
  }
}
