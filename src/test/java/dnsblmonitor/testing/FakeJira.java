package dnsblmonitor.testing;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A strict stand-in for Jira, Cloud or Data Center, over real HTTP on loopback: what Jira would
 * refuse, it refuses. One project, its issue types Bug, Incident and Task. Its issues are pages as
 * well, below {@code /browse}, for which nobody logs in. Thread-safe.
 */
public final class FakeJira implements AutoCloseable {

  public static final String USER = "monitor@example.com";
  public static final String TOKEN = "fake-jira-token";
  public static final String PROJECT = "OPS";

  private final FakeJiraSite site;
  private final FakeJiraResources resources;
  private final FakeJiraPages pages;
  private final FakeJiraTraffic traffic = new FakeJiraTraffic(System::nanoTime);
  private final FakeJiraFaults faults = new FakeJiraFaults();
  private final FakeJiraServer server;

  private FakeJira(HttpServer http, FakeJiraLogin login, Clock clock) {
    site = new FakeJiraSite(login.dialect(), PROJECT, clock);
    resources = new FakeJiraResources(site);
    pages = new FakeJiraPages(site);
    server = new FakeJiraServer(http, login, traffic, faults, this::answer, this::page);
    server.start();
  }

  /** A Jira Cloud. */
  public static FakeJira start() {
    return start(USER, TOKEN, Clock.systemUTC());
  }

  /** A Jira Cloud that lets in {@code user} with {@code token}; {@code clock} dates new issues. */
  public static FakeJira start(String user, String token, Clock clock) {
    return start(FakeJiraLogin.basic(FakeJiraDialect.CLOUD, user, token), clock);
  }

  /** A Data Center that lets in the bearer of the personal access token {@link #TOKEN}. */
  public static FakeJira dataCenter() {
    return dataCenter(TOKEN, Clock.systemUTC());
  }

  /** The same with another token and clock. */
  public static FakeJira dataCenter(String token, Clock clock) {
    return start(FakeJiraLogin.bearer(token), clock);
  }

  /** A Data Center that lets in {@code user} with {@code password}. */
  public static FakeJira dataCenter(String user, String password, Clock clock) {
    return start(FakeJiraLogin.basic(FakeJiraDialect.DATA_CENTER, user, password), clock);
  }

  /** A Jira Cloud over HTTPS, with the server's certificate of {@code authority}. */
  public static FakeJira overTls(TestAuthority authority) {
    return new FakeJira(
        FakeJiraServer.https(authority.server()),
        FakeJiraLogin.basic(FakeJiraDialect.CLOUD, USER, TOKEN),
        Clock.systemUTC());
  }

  private static FakeJira start(FakeJiraLogin login, Clock clock) {
    return new FakeJira(FakeJiraServer.http(), login, clock);
  }

  private synchronized FakeJiraAnswer answer(FakeJiraRequest request) {
    return resources.answer(request);
  }

  private synchronized Optional<String> page(String path) {
    return pages.at(path);
  }

  /** Its base URL; the path in it belongs to it, as behind a gateway. */
  public URI uri() {
    return server.uri();
  }

  public synchronized FakeJira labelsOnScreen(boolean on) {
    site.labelsOnScreen = on;
    return this;
  }

  public synchronized FakeJira attachmentsAllowed(boolean allowed) {
    site.attachmentsAllowed = allowed;
    return this;
  }

  /** Takes {@code properties} in creates and edits without a word, and forgets them. */
  public synchronized FakeJira ignoresProperties(boolean ignores) {
    site.ignoresProperties = ignores;
    return this;
  }

  /** Takes a permission, such as {@code ADD_COMMENTS}, from the account. */
  public synchronized FakeJira withoutPermission(String key) {
    site.withheldPermissions.add(key);
    return this;
  }

  /** Refuses an edit that would give an issue more comments. */
  public synchronized FakeJira commentLimit(int comments) {
    site.commentLimit = comments;
    return this;
  }

  public synchronized FakeJira longestPage(int issues) {
    site.longestPage = issues;
    return this;
  }

  /** A new issue is seen only from the search after {@code searches} more. */
  public synchronized FakeJira hideNewIssuesFor(int searches) {
    site.searchesUntilVisible = searches;
    return this;
  }

  /** A change of an issue is seen only from the search after {@code searches} more. */
  public synchronized FakeJira hideChangesFor(int searches) {
    site.searchesUntilChanged = searches;
    return this;
  }

  /** Searches never end: the last page comes again and again, each with a cursor of its own. */
  public synchronized FakeJira endlessPages(boolean endless) {
    site.endlessPages = endless;
    return this;
  }

  /** The account may not see what it files, as where an issue security level is the default. */
  public synchronized FakeJira hidesNewIssues(boolean hides) {
    site.hidesNew = hides;
    return this;
  }

  /** An automation takes the labels from new issues. */
  public synchronized FakeJira dropsLabels(boolean drops) {
    site.dropsLabels = drops;
    return this;
  }

  /** New issues get that status. */
  public synchronized FakeJira statusOfNewIssues(String status) {
    site.statusOfNew = status;
    return this;
  }

  /** Names and messages are those of an account whose language is German. */
  public synchronized FakeJira german() {
    site.statuses.clear();
    site.statuses.putAll(
        Map.of("Zu erledigen", "new", "In Arbeit", "indeterminate", "Fertig", "done"));
    site.typeIds.clear();
    site.typeIds.putAll(Map.of("Aufgabe", "10001", "Fehler", "10002", "Vorfall", "10003"));
    site.statusOfNew = "Zu erledigen";
    site.closed = "Fertig";
    site.full = "Der Vorgang nimmt nichts mehr an.";
    return this;
  }

  /** The account may edit issues of other projects. */
  public synchronized FakeJira editsElsewhere(boolean may) {
    site.editsElsewhere = may;
    return this;
  }

  /** Moves an issue to another project, as people do; its new key. */
  public synchronized String moveTo(String key, String project) {
    return site.moveTo(issue(key), project);
  }

  /** Lets the search see all new issues, as it does some minutes later. */
  public synchronized FakeJira indexAll() {
    site.issues.values().forEach(issue -> issue.hiddenSearches = 0);
    return this;
  }

  /** The create screens have {@code field}, and demand it. */
  public synchronized FakeJira demand(String field) {
    site.demandedFields.add(field);
    return this;
  }

  public synchronized FakeJira status(String name) {
    site.statuses.put(name, "indeterminate");
    return this;
  }

  /**
   * Lets the next requests of that method and path go wrong; earlier faults are used up first.
   *
   * @param method a regular expression as well
   * @param pathPattern a regular expression for the whole path below the API's own
   */
  public FakeJira fail(String method, String pathPattern, FakeJiraFault fault) {
    faults.add(method, pathPattern, fault);
    return this;
  }

  /** The faults wait until {@code requests} more have come, whatever they are. */
  public FakeJira spare(int requests) {
    faults.spare(requests);
    return this;
  }

  public FakeJira noMoreFaults() {
    faults.clear();
    return this;
  }

  /** Files an issue as a person or another deployment would; its key. */
  public synchronized String seed(String summary, String... labels) {
    FakeJiraIssue issue = site.add("Task", summary);
    issue.labels.addAll(Arrays.asList(labels));
    issue.hiddenSearches = -1;
    return issue.key;
  }

  public synchronized FakeJira setProperty(String key, String property, JsonObject value) {
    issue(key).changes(site.searchesUntilChanged);
    issue(key).properties.put(property, value);
    return this;
  }

  /** Moves an issue to the status of finished ones, as people do. */
  public synchronized void close(String key) {
    move(key, site.closed);
  }

  public synchronized void move(String key, String status) {
    issue(key).changes(site.searchesUntilChanged);
    issue(key).status = status;
  }

  /** All issues, oldest first. */
  public synchronized List<FakeJiraIssue> issues() {
    return List.copyOf(site.issues.values());
  }

  public synchronized FakeJiraIssue issue(String key) {
    return site.issue(key).orElseThrow();
  }

  /** How many creates, edits, properties and attachments were carried out. */
  public synchronized int writes() {
    return site.writes;
  }

  /** How many requests carried them out: one bulk create can be many writes. */
  public synchronized int writeRequests() {
    return site.writeRequests;
  }

  /** All requests so far, those that went wrong included. */
  public List<FakeJiraRequest> requests() {
    return traffic.requests();
  }

  /** How often such a request came; {@code pathPattern} as for {@link #fail}. */
  public long count(String method, String pathPattern) {
    return requests().stream()
        .filter(request -> request.method().equals(method) && request.path().matches(pathPattern))
        .count();
  }

  /** Request lines, headers but {@code Authorization}, and bodies: where no secret may stand. */
  public List<String> received() {
    return traffic.received();
  }

  /** All requests so far that were answered, or not, to their end. */
  public List<FakeJiraExchange> exchanges() {
    return traffic.exchanges();
  }

  /** The highest number of requests that were handled at the same time. */
  public int mostAtOnce() {
    return traffic.mostAtOnce();
  }

  /** The same of write requests to one issue. */
  public int mostWritesAtOncePerIssue() {
    return traffic.mostWritesAtOncePerIssue();
  }

  /** The most write requests that came within any one second, those that went wrong included. */
  public int busiestSecond() {
    return traffic.busiestSecond();
  }

  /** Lets the three above start anew. */
  public FakeJira measureAnew() {
    traffic.reset();
    return this;
  }

  @Override
  public void close() {
    server.close();
  }
}
