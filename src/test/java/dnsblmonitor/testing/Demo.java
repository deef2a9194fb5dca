package dnsblmonitor.testing;

import dnsblmonitor.testing.MonitorProcess.Ended;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code mvn -Pdemo verify}: the real distribution, run three times against a PostgreSQL, a DNSBL
 * server and a Jira stand-in on loopback (R5f). Ends with an exception where a run does not do what
 * the account says it did.
 */
public final class Demo {

  private static final String LISTED_TWICE = "203.0.113.7";
  private static final String LISTED_ONCE = "203.0.113.9";

  private final World world;
  private final PrintStream out;

  private Demo(World world, PrintStream out) {
    this.world = world;
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (World world = World.with("zen.example,bl.example,spam.example")) {
      new Demo(world, out).run();
    }
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  private void run() {
    title("Postal DNSBL Monitor: three runs of the real distribution");
    out.println(
        """
        Everything is real but small, and on loopback: a PostgreSQL with Postal's table
        ip_addresses, a DNSBL server that answers for zen.example, bl.example and
        spam.example, a stand-in for Jira Cloud over HTTP, and the monitor as it ships:
        target/dnsbl-monitor/bin/dnsbl-monitor on Open Liberty.
        """);
    insertRows();
    world.dns().lists("zen.example", LISTED_TWICE, "127.0.0.2", "https://zen.example/?ip=7");
    world.dns().lists("bl.example", LISTED_TWICE, "127.0.0.3", "sent to a spam trap");
    world.dns().lists("zen.example", LISTED_ONCE, "127.0.0.4", "https://zen.example/?ip=9");
    table("The table before");

    title("First run: two addresses are listed");
    Ended first = runOnce();
    events(first, "row_updated", "issue_created", "row_invalid");
    table("The table after");
    tickets();
    expect(first, "listed", 2);
    expect(first, "jira_created", 2);

    title("Second run: nothing has changed, so nothing is written");
    Ended second = runOnce();
    expect(second, "listed", 0);
    expect(second, "jira_created", 0);
    expect(second, "jira_updated", 0);

    title("Third run: both lists have taken " + LISTED_TWICE + " off");
    world.dns().unlist("zen.example", LISTED_TWICE).unlist("bl.example", LISTED_TWICE);
    Ended third = runOnce();
    events(third, "row_updated", "issue_updated");
    table("The table after");
    tickets();
    expect(third, "cleaned", 1);
    expect(third, "jira_updated", 1);
    title("Done: throttled, ticketed, restored. The tickets stay open: people close them.");
  }

  private void insertRows() {
    world.database().insert("203.0.113.6", 50, 1);
    world.database().insert(LISTED_TWICE, 80, 1);
    world.database().insert("203.0.113.8", 100, 1);
    world.database().insert(LISTED_ONCE, 40, 2);
    world.database().insert("203.0.113.10", 60, 2);
    world.database().insert("mail.example.com", 50, 2);
  }

  private Ended runOnce() {
    Ended ended = world.run();
    JsonObject summary = ended.event("job_summary");
    out.printf(
        "$ dnsbl-monitor run     -> exit code %d after %.1f s%n  %s%n",
        ended.exitCode(), ended.took().toMillis() / 1000.0, summary);
    if (ended.exitCode() != 0) {
      throw new AssertionError("exit code " + ended.exitCode() + ":\n" + ended.lines());
    }
    return ended;
  }

  private static void expect(Ended run, String figure, int expected) {
    int found = run.event("job_summary").getInt(figure);
    if (found != expected) {
      throw new AssertionError("%s is %d, not %d".formatted(figure, found, expected));
    }
  }

  private void events(Ended run, String... names) {
    out.println("\nEvents (of all the lines on standard output):");
    List<String> wanted = List.of(names);
    run.events().stream()
        .filter(event -> wanted.contains(event.getString("event")))
        .forEach(event -> out.println("  " + event));
  }

  private void table(String title) {
    out.printf("%n%s:%n%s", title, RowTable.of(world.database().rows()).indent(2));
  }

  private void tickets() {
    out.println("\nJira:");
    for (FakeJiraIssue issue : world.jira().issues()) {
      out.printf("  %s [%s] %s%n", issue.key(), issue.status(), issue.summary());
      issue.comments().forEach(comment -> out.println("      comment: " + comment));
    }
  }

  private void title(String text) {
    out.printf("%n== %s ==%n", text);
  }
}
