package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.ServerTraces;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestJobs;
import dnsblmonitor.testing.Uncommitted;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R5d: jobs that outlive the server, their repository in PostgreSQL, by the DDL that ships. */
class ServeJobsIT {

  /** Liberty keeps BatchStatus.FAILED by its place among its siblings. */
  private static final int FAILED = 4;

  private static final String BATCH = "/ibm/api/batch";
  private static final String ONE_BY_ONE = "{\"itemCount\": \"1\"}";

  @TempDir Path output = Path.of("set by JUnit");

  private final World world = World.with("zen.example");

  @BeforeEach
  void threeListedAddresses() {
    world.set("WLP_OUTPUT_DIR", output.toString()).set("DNS_TIMEOUT", "60");
    world.set("SERVE_JOBS_DB_URL", jobsUrl());
    // that of both servers: logs are found by it
    world.set("SERVE_HTTPS_PORT", String.valueOf(ServeProcess.freePort()));
    IntStream.rangeClosed(1, 3)
        .forEach(n -> {
          world.database().insert(address(n), 80);
          world.dns().lists("zen.example", address(n), "127.0.0.2");
        });
  }

  private String jobsUrl() {
    return TestJobs.withoutTables(world.database()).url();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void jobsAndCheckpointsOutliveTheServer() {
    var _ = TestJobs.in(world.database());
    int whole;
    int stopped;
    int killed;
    try (ServeProcess server = ServeProcess.start(world)) {
      whole = ended(server, "{\"dryRun\": \"true\", \"ips\": \"%s\"}".formatted(manyAddresses()));
      holdsTheShippedDdlAgainstLiberty(server);
      stopped = hangingBehindTheFirstChunk(server);
      noTransactionIsOpenWhileLookupsAreAwaited();
      stop(server, stopped);
      killed = killedBetweenRowsAndCheckpoint(server);
    }
    try (ServeProcess server = ServeProcess.start(world)) {
      isKnownWithItsLog(server, whole);
      repeatsTheChunkWithoutWritingItsRowAgain(server, killed);
      goesOnBehindTheCheckpoint(server, stopped);
      whatWantsADatabaseWorks(server, whole);
      isNotReadyWhileItsRepositoryTakesNoLogin(server);
      endsInOrderAndRemembersIt(server);
    }
    noFileHoldsThePassword();
  }

  /** More than the 255 characters that Liberty's own DDL leaves for the value of a parameter. */
  private static String manyAddresses() {
    return IntStream.rangeClosed(1, 3)
        .boxed()
        .flatMap(n -> IntStream.range(0, 30).mapToObj(_ -> address(n)))
        .collect(Collectors.joining(","));
  }

  private static int ended(ServeProcess server, String parameters) {
    Answer answer = server.submit(Caller.ADMIN, parameters);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    int instance = answer.json().getInt("instanceId");
    assertThat(server.awaitEnd(instance).getString("exitStatus")).isEqualTo("0");
    return instance;
  }

  /** By MBean, as its command ddlGen asks for it: an update of Liberty may change the tables. */
  private void holdsTheShippedDdlAgainstLiberty(ServeProcess server) {
    Answer answer =
        server.send(
            Caller.ADMIN,
            "POST",
            "/IBMJMXConnectorREST/mbeans/WebSphere%3Afeature%3Dpersistence%2Cname%3DDDLGenerationMBean%2Ctype%3DDDLGenerationMBean/operations/generateDDL",
            "{\"params\":[],\"signature\":[]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    String generated =
        ServerTraces.files(output).stream()
            .filter(file -> file.toString().endsWith(".ddl"))
            .map(ServerTraces::content)
            .collect(Collectors.joining());

    assertThat(generated).contains(" VALUE VARCHAR(255),");
    assertThat(statements(TestJobs.ddl()))
        .filteredOn(statement -> statement.matches("(CREATE (TABLE|INDEX)|ALTER) .*"))
        .containsExactlyElementsOf(
            statements(generated.replace(" VALUE VARCHAR(255),", " VALUE TEXT,")));
    assertThat(
            world.database().single("select max(length(value)) > 255 from dnsbl_jobs.jobparameter"))
        .isEqualTo("t");
  }

  private static List<String> statements(String ddl) {
    return Arrays.stream(ddl.replaceAll("--.*|/\\*.*?\\*/", "").split(";"))
        .map(statement -> statement.strip().replaceAll("\\s+", " "))
        .map(statement -> statement.replace("( ", "(").replace(" )", ")").replace(" ,", ","))
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  /** The first address is written, and the second one's lookup never ends. */
  private int hangingBehindTheFirstChunk(ServeProcess server) {
    int instance = hangingAt(2, server);
    assertThat(listed()).containsExactly(1);
    return instance;
  }

  private int hangingAt(int number, ServeProcess server) {
    forgetListings(1, 2, 3);
    world.dns().forgetQuestions();
    world.dns().zone(entry(number)).silent();
    Answer answer = server.submit(Caller.ADMIN, ONE_BY_ONE);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    Await.until("address %d is asked for".formatted(number), () -> wasAskedFor(number));
    return answer.json().getInt("instanceId");
  }

  /** The row of the first chunk is committed, its checkpoint is not: the worst moment there is. */
  private int killedBetweenRowsAndCheckpoint(ServeProcess server) {
    answersAgain(2);
    int instance = hangingAt(1, server);
    try (Uncommitted lock =
        Uncommitted.update(
            world.database(), "lock table dnsbl_jobs.stepthreadinstance in exclusive mode")) {
      answersAgain(1);
      Await.until("the checkpoint waits", () -> world.database().waitingForLocks() > 0);
      assertThat(listed()).containsExactly(1);
      server.process().kill();
      lock.commit();
    }
    return instance;
  }

  private void answersAgain(int number) {
    world.dns().zone(entry(number)).behaves().answers("127.0.0.2");
  }

  private void forgetListings(int... numbers) {
    for (int number : numbers) {
      world
          .database()
          .execute(
              """
              update postal.ip_addresses
                 set priority = 80, "oldPriority" = null, "blockingLists" = null
               where ipv4 = '%s'
              """
                  .formatted(address(number)));
    }
  }

  private void noTransactionIsOpenWhileLookupsAreAwaited() {
    assertThat(
            world
                .database()
                .single(
                    "select count(*) from pg_stat_activity where usename = 'dnsbl_jobs' and state = 'idle'"))
        .as("sessions of the repository")
        .isNotEqualTo("0");
    assertThat(
            world
                .database()
                .single(
                    "select count(*) from pg_stat_activity where usename in ('dnsbl_jobs', 'monitor') and xact_start is not null"))
        .as("open transactions")
        .isEqualTo("0");
  }

  private static void stop(ServeProcess server, int instance) {
    int execution = server.execution(instance).getInt("executionId");
    Answer answer =
        server.send(
            Caller.ADMIN, "PUT", BATCH + "/jobexecutions/%d?action=stop".formatted(execution), "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(server.awaitEnd(instance).getString("batchStatus")).isEqualTo("STOPPED");
  }

  private static void isKnownWithItsLog(ServeProcess server, int instance) {
    assertThat(server.get(Caller.MONITOR, BATCH + "/jobinstances").jsonArray())
        .extracting(value -> value.asJsonObject().getInt("instanceId"))
        .contains(instance);
    assertThat(server.execution(instance).getString("batchStatus")).isEqualTo("COMPLETED");
    Answer links =
        server.get(Caller.MONITOR, BATCH + "/jobinstances/%d/joblogs".formatted(instance));
    Answer log =
        server.get(
            Caller.MONITOR, BATCH + "/jobinstances/%d/joblogs?type=text".formatted(instance));

    assertThat(links.status()).isEqualTo(200);
    assertThat(links.body()).contains("part.1.log");
    assertThat(log.status()).as(log.body()).isEqualTo(200);
    assertThat(log.body()).contains("\"event\":\"job_summary\"");
  }

  private void repeatsTheChunkWithoutWritingItsRowAgain(ServeProcess server, int instance) {
    assertThat(server.execution(instance).getString("batchStatus")).isEqualTo("FAILED");
    assertThat(listed()).as("written before the server was killed").containsExactly(1);
    int writes = world.database().writes();
    world.dns().forgetQuestions();

    JsonObject execution = restarted(server, instance);

    assertThat(execution.getString("exitStatus")).isEqualTo("0");
    assertThat(asked()).containsExactly(1, 2, 3);
    assertThat(listed()).containsExactly(1, 2, 3);
    assertThat(world.database().writes() - writes).isEqualTo(2);
  }

  private void goesOnBehindTheCheckpoint(ServeProcess server, int instance) {
    assertThat(server.execution(instance).getString("batchStatus")).isEqualTo("STOPPED");
    forgetListings(2, 3);
    int writes = world.database().writes();
    world.dns().forgetQuestions();

    JsonObject execution = restarted(server, instance);

    assertThat(execution.getString("exitStatus")).isEqualTo("0");
    assertThat(asked()).containsExactly(2, 3);
    assertThat(listed()).containsExactly(1, 2, 3);
    assertThat(world.database().writes() - writes).isEqualTo(2);
  }

  private static JsonObject restarted(ServeProcess server, int instance) {
    int before = server.execution(instance).getInt("executionId");
    Answer answer =
        server.send(
            Caller.ADMIN, "PUT", BATCH + "/jobinstances/%d?action=restart".formatted(instance), "");
    assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    Await.until(
        "the restart begins", () -> server.execution(instance).getInt("executionId") > before);
    return server.awaitEnd(instance);
  }

  /** The list for a submitter, what the Java Batch tool asks for, and the end of a job. */
  private static void whatWantsADatabaseWorks(ServeProcess server, int instance) {
    assertThat(server.get(Caller.SUBMITTER, BATCH + "/jobinstances").jsonArray()).isEmpty();
    assertThat(
            server
                .get(Caller.ADMIN, BATCH + "/v4/jobinstances?sort=-lastUpdatedTime&pageSize=20")
                .status())
        .isEqualTo(200);
    Answer purged = server.send(Caller.ADMIN, "DELETE", BATCH + "/jobinstances/" + instance, "");
    assertThat(purged.status()).as(purged.body()).isEqualTo(200);
    assertThat(server.get(Caller.ADMIN, BATCH + "/jobinstances/" + instance).status())
        .isEqualTo(400);
  }

  private void isNotReadyWhileItsRepositoryTakesNoLogin(ServeProcess server) {
    awaitReady(server, 200, "\"jobs\":\"reached\"");
    world
        .database()
        .execute(
            "alter role dnsbl_jobs nologin;"
                + " select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dnsbl_jobs'");
    try {
      awaitReady(server, 503, "\"jobs\":\"not reached\"");
      assertThat(server.get(Caller.MONITOR, BATCH + "/jobinstances").status()).isEqualTo(500);
    } finally {
      world.database().execute("alter role dnsbl_jobs login");
    }
    awaitReady(server, 200, "\"jobs\":\"reached\"");
    assertThat(server.get(Caller.MONITOR, BATCH + "/jobinstances").status()).isEqualTo(200);
  }

  private static void awaitReady(ServeProcess server, int status, String text) {
    Await.until(
        "readiness is %d with %s".formatted(status, text),
        () -> {
          Answer answer = server.get(Caller.NOBODY, "/health/ready");
          return answer.status() == status && answer.body().contains(text);
        });
  }

  private void endsInOrderAndRemembersIt(ServeProcess server) {
    int instance = hangingBehindTheFirstChunk(server);
    server.process().terminate();
    Ended ended = server.process().awaitEnd();

    ended.expectExit(143);
    assertThat(
            world
                .database()
                .single(
                    "select batchstatus from dnsbl_jobs.jobinstance where jobinstanceid = "
                        + instance))
        .as("a run that the end of its server cut short")
        .isEqualTo(String.valueOf(FAILED));
    assertThat(ended.lines()).noneMatch(line -> line.contains(TestJobs.PASSWORD));
    assertThat(ended.standardError()).doesNotContain(TestJobs.PASSWORD);
  }

  private void noFileHoldsThePassword() {
    List<Path> files = ServerTraces.files(output);

    assertThat(files).as("messages, job logs, work area").hasSizeGreaterThan(10);
    assertThat(files)
        .anyMatch(file -> ServerTraces.content(file).contains("currentSchema=dnsbl_jobs"));
    for (String secret :
        List.of(TestJobs.PASSWORD, URLEncoder.encode(TestJobs.PASSWORD, StandardCharsets.UTF_8))) {
      assertThat(files).noneMatch(file -> ServerTraces.content(file).contains(secret));
    }
  }

  @Test
  void withoutItsTablesOrItsDatabaseServeEndsAtOnceAndSaysWhatToDo() {
    Map<String, String> environment = world.environment();
    environment.put("SERVE_ADMIN_PASSWORD", Caller.ADMIN.password());
    Ended withoutTables = MonitorProcess.start(environment, "serve").awaitEnd();
    environment.put(
        "SERVE_JOBS_DB_URL", jobsUrl().replace(world.database().name(), "no_such_database"));
    Ended withoutDatabase = MonitorProcess.start(environment, "serve").awaitEnd();

    withoutTables.expectExit(1);
    assertThat(withoutTables.event("fatal_error").getString("error_type"))
        .isEqualTo("DatabaseSchemaError");
    assertThat(withoutTables.event("fatal_error").getString("error_message"))
        .contains("SERVE_JOBS_DB_URL", "jobinstance", "run ddl/jobs-postgresql.sql");
    withoutDatabase.expectExit(1);
    assertThat(withoutDatabase.event("fatal_error").getString("error_type"))
        .isEqualTo("DatabaseUnreachable");
    assertThat(withoutDatabase.lines()).noneMatch(line -> line.contains("Launching"));
    assertThat(MonitorProcess.distribution().resolve("ddl/jobs-postgresql.sql")).isRegularFile();
  }

  private static String address(int number) {
    return "203.0.113." + number;
  }

  /** One address's name in the zone, as a zone of its own. */
  private static String entry(int number) {
    return "%d.113.0.203.zen.example".formatted(number);
  }

  private List<Integer> asked() {
    return IntStream.rangeClosed(1, 3).filter(this::wasAskedFor).boxed().toList();
  }

  private boolean wasAskedFor(int number) {
    String name = entry(number) + ".";
    return world.dns().questions().keySet().stream().anyMatch(asked -> asked.name().equals(name));
  }

  private List<Integer> listed() {
    List<TestDatabase.Row> rows = world.database().rows();
    return IntStream.rangeClosed(1, rows.size())
        .filter(n -> "zen.example".equals(rows.get(n - 1).blockingLists()))
        .boxed()
        .toList();
  }
}
