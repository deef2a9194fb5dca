package dnsblmonitor.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything outside the monitor, on loopback: a database with Postal's table, a DNSBL server and a
 * Jira; and the environment that points the monitor at them.
 */
public final class World implements AutoCloseable {

  private final TestDatabase database;
  private final FakeDnsServer dns = FakeDnsServer.start();
  private final FakeJira jira;
  private final Optional<SharedServer> server;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<StartedRun> runs = new ArrayList<>();

  private World(TestDatabase database, FakeJira jira, Optional<SharedServer> server, String zones) {
    this.database = database;
    this.jira = jira;
    this.server = server;
    environment.put("DB_URL", database.url());
    environment.put("DNSBL_ZONES", zones);
    environment.put("DNS_RESOLVERS", "127.0.0.1:" + dns.address().getPort());
    environment.put("DNS_TIMEOUT", "2");
    environment.put("JIRA_SERVER", jira.uri().toString());
    environment.put("JIRA_USER", FakeJira.USER);
    environment.put("JIRA_API_TOKEN", FakeJira.TOKEN);
    environment.put("JIRA_PROJECT", FakeJira.PROJECT);
    environment.put("JIRA_ISSUE_TYPE", "Task");
    environment.put("JIRA_DNS_FAILURE_ISSUE_TYPE", "Incident");
  }

  /** A world in which {@code zones} (as in {@code DNSBL_ZONES}) are asked and list nothing yet. */
  public static World with(String zones) {
    return around(TestDatabase.create(), zones);
  }

  /** The same with a Jira Data Center, where a token logs in without a user. */
  public static World withDataCenter(String zones) {
    return new World(TestDatabase.create(), FakeJira.dataCenter(), Optional.empty(), zones)
        .set("JIRA_USER", "");
  }

  /** The same around a database that is there already. */
  public static World around(TestDatabase database, String zones) {
    return new World(database, FakeJira.start(), Optional.empty(), zones);
  }

  /** One whose runs are jobs of {@code server}, around the server's database. */
  static World on(SharedServer server, FakeJira jira, String zones) {
    World world = new World(server.database(), jira, Optional.of(server), zones);
    world.tellServer();
    return world;
  }

  /** The same, before the monitor's columns were added. */
  public static World withoutColumns(String zones) {
    return around(TestDatabase.withoutColumns(), zones);
  }

  public TestDatabase database() {
    return database;
  }

  public FakeDnsServer dns() {
    return dns;
  }

  public FakeJira jira() {
    return jira;
  }

  /** Changes a variable for the runs to come; an empty value takes it away. */
  public World set(String name, String value) {
    environment.put(name, value);
    tellServer();
    return this;
  }

  /** Takes the variables of Jira away, which only a dry run does without. */
  public World withoutJira() {
    environment.keySet().removeIf(name -> name.startsWith("JIRA_"));
    tellServer();
    return this;
  }

  private void tellServer() {
    server.ifPresent(it -> it.use(environment));
  }

  public Map<String, String> environment() {
    return new TreeMap<>(environment);
  }

  /** One run of the real distribution, to its end; every line of it must be as the schema says. */
  public MonitorProcess.Ended run() {
    return start().awaitEnd();
  }

  /** A manual run in the world's server, to its end, with job parameters as JSON. */
  public MonitorProcess.Ended runWith(String parameters) {
    return added(new ServedRun(server.orElseThrow().process(), parameters)).awaitEnd();
  }

  /** One run of the real distribution, under way: a job of the server, if this world has one. */
  public StartedRun start() {
    return server
        .<StartedRun>map(it -> added(new ServedRun(it.process(), "{}")))
        .orElseGet(this::process);
  }

  /** One run of the real distribution, under way, as a process of its own. */
  public MonitorProcess process() {
    return added(MonitorProcess.start(environment()));
  }

  private <R extends StartedRun> R added(R run) {
    runs.add(run);
    return run;
  }

  @Override
  public void close() {
    for (StartedRun run : runs) {
      switch (run) {
        case MonitorProcess process -> process.kill();
        case ServedRun job -> job.end();
      }
    }
    jira.close();
    dns.close();
    database.close();
  }
}
