package dnsblmonitor.jira;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the account may do in the project what a run does there (R5b). */
final class PermissionCheck {

  private static final String TRIED = "Jira permissions";

  /** Without it the run's log goes into a comment (R28). */
  private static final String ATTACH = "CREATE_ATTACHMENTS";

  private static final List<String> KEYS =
      List.of("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ADD_COMMENTS", ATTACH);

  private final JiraSession jira;

  PermissionCheck(JiraSession jira) {
    this.jira = jira;
  }

  Finding finding() {
    String project = jira.settings().project();
    String what = "permissions in project " + project;
    String keys = String.join(",", KEYS);
    Reply reply = jira.calls().repeatedly(what, () -> jira.api().permissions(project, keys));
    JsonObject permissions = Wire.object(jira.replies().object(what, reply), "permissions");
    Set<String> granted = new TreeSet<>(KEYS);
    granted.removeIf(key -> !Wire.object(permissions, key).getBoolean("havePermission", false));
    Set<String> missing = new TreeSet<>(KEYS);
    missing.removeAll(granted);
    return judge(project, granted, missing);
  }

  private static Finding judge(String project, Set<String> granted, Set<String> missing) {
    if (missing.isEmpty()) {
      return new Holds(TRIED, "the account has " + DeskOpening.named(granted));
    }
    if (missing.equals(Set.of(ATTACH))) {
      return new Warns(
          TRIED,
          "the account lacks '%s': an alert gets the run's log in a comment".formatted(ATTACH));
    }
    return new Fails(
        TRIED,
        "the account lacks %s in project %s; it has %s"
            .formatted(
                DeskOpening.named(missing),
                project,
                granted.isEmpty() ? "none that a run needs" : DeskOpening.named(granted)));
  }
}
