package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R2, R4, R5a, R5e, R8: how the distribution's process ends, and what it says then. */
class ExitCodesIT {

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void badConfigurationEndsBeforeAnythingIsStartedAndNamesEveryVariable() {
    Ended ended = MonitorProcess.start(Map.of("DNS_TIMEOUT", "0", "LOG_LEVEL", "LOUD")).awaitEnd();

    ended.expectExit(1);
    assertThat(ended.lines()).as("Liberty was not started").hasSize(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("ConfigurationError");
    assertThat(ended.event("fatal_error").getString("error_message"))
        .contains("DNS_TIMEOUT", "LOG_LEVEL", "DB_URL", "DNSBL_ZONES", "JIRA_SERVER");
  }

  @Test
  void anUnsuitableJavaIsOneClearLine() throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"17.0.15\" 2025-04-15' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Ended ended = MonitorProcess.start(Map.of("JAVA_HOME", folder.toString())).awaitEnd();

    ended.expectExit(1);
    assertThat(ended.lines()).isEmpty();
    assertThat(ended.standardError().lines())
        .singleElement()
        .asString()
        .contains("Java 17", "25 or later", "JAVA_HOME");
  }

  @Test
  void aDatabaseThatIsNotThereIsSaidSo() {
    try (World world = World.with("zen.example")) {
      world.set("DB_URL", "postgresql://monitor:pw@127.0.0.1:1/postal");

      Ended ended = world.run();

      assertFatal(ended, "DatabaseUnreachable", "cannot connect, or the connection was lost");
      assertThat(ended.events("job_summary")).isEmpty();
    }
  }

  @Test
  void missingColumnsAreNamedWithTheCommandThatAddsThem() {
    try (World world = World.withoutColumns("zen.example")) {
      Ended ended = world.run();

      assertFatal(ended, "DatabaseSchemaError", "oldPriority, blockingLists, lastEvent");
      assertThat(ended.event("fatal_error").getString("error_message"))
          .contains("dnsbl-monitor migrate");
      assertThat(world.dns().questions("zen.example")).isZero();
    }
  }

  @Test
  void sigtermEndsTheRunInOrderWithin30Seconds() {
    try (World world = hangingWorld()) {
      MonitorProcess run = world.process();
      Await.until("the run asks", () -> world.dns().questions("dead.example") > 0);

      Ended ended = run.terminated();

      assertThat(ended.event("job_summary").getInt("exit_code")).isEqualTo(143);
      assertThat(ended.events("fatal_error")).isEmpty();
      assertThat(run.isGone()).isTrue();
      assertThat(world.database().writes()).isZero();
    }
  }

  @Test
  void sigtermWhileJiraIsAskedTellsWhatWasFiled() {
    try (World world = World.with("zen.example")) {
      world.database().insert("203.0.113.7", 80);
      world.database().insert("203.0.113.8", 80);
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
      world.dns().lists("zen.example", "203.0.113.8", "127.0.0.2");
      world
          .jira()
          .fail("POST", "/issue", FakeJiraFault.rightAnswer())
          .fail("POST", "/issue", FakeJiraFault.status(503).delayed(Duration.ofMinutes(2)));
      MonitorProcess run = world.process();
      Await.until("both are asked for", () -> world.jira().count("POST", "/issue") == 2);
      Await.until("one is filed", () -> world.jira().issues().size() == 1);
      run.terminate();
      Ended ended = run.awaitEnd();

      ended.expectExit(143);
      assertThat(ended.events("issue_created")).hasSize(1);
      assertThat(ended.event("job_summary").getInt("jira_created")).isEqualTo(1);
      assertThat(ended.event("job_summary").getString("message")).contains("stopped on request");
      assertThat(String.join("", ended.lines())).doesNotContain("Please report this");
      assertThat(world.database().writes()).isEqualTo(2);
    }
  }

  @Test
  void theDeadlineEndsARunThatHangs() {
    try (World world = hangingWorld()) {
      Ended ended = world.set("RUN_DEADLINE", "PT30S").run();

      assertFatal(ended, "DeadlineExceeded", "PT30S");
      assertThat(world.database().writes()).isZero();
    }
  }

  @Test
  void anApplicationThatNeverComesUpEndsTheRun() {
    Ended ended =
        runOfDistribution(
            application -> Files.writeString(application.resolve("WEB-INF/web.xml"), "not XML"));

    assertFatal(ended, "StartFailed", "did not start");
    assertThat(String.join("\n", ended.lines())).as("Liberty says why").contains("CWWKZ0");
  }

  @Test
  void aPersistenceUnitThatCannotBeMadeEndsTheRunAtOnce() {
    Ended ended =
        runOfDistribution(application -> {
          Path services = application.resolve("WEB-INF/classes/META-INF/services");
          Files.writeString(
              services.resolve("org.hibernate.service.spi.ServiceContributor"), "no.such.Service");
        });

    assertFatal(ended, "InternalError", "no.such.Service");
    assertThat(ended.took()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aListenerThatCannotBeMadeEndsTheRunAtOnce() {
    Ended ended =
        runOfDistribution(application -> {
          Path job = application.resolve("WEB-INF/classes/META-INF/batch-jobs/dnsbl-monitor.xml");
          Files.writeString(
              job, Files.readString(job).replaceFirst("\"runListener\"", "\"noListener\""));
        });

    assertFatal(ended, "InternalError", "see the server's log lines above");
    assertThat(String.join("\n", ended.lines()))
        .contains("the job has no thread and did not finish");
    assertThat(ended.took()).isLessThan(Duration.ofMinutes(1));
  }

  /** Changes an application in place. */
  @FunctionalInterface
  private interface Change {
    void of(Path application) throws IOException;
  }

  /** A run of a copy of the distribution whose application was changed. */
  private Ended runOfDistribution(Change change) {
    Path copy = folder.resolve("distribution");
    try (World world = World.with("zen.example")) {
      int copied =
          new ProcessBuilder("cp", "-r", MonitorProcess.distribution().toString(), copy.toString())
              .inheritIO()
              .start()
              .waitFor();
      assertThat(copied).isZero();
      change.of(copy.resolve("wlp/usr/servers/dnsbl-monitor/apps/dnsbl-monitor.war"));
      Map<String, String> environment = world.environment();
      environment.put("WLP_OUTPUT_DIR", folder.resolve("output").toString());
      return MonitorProcess.start(copy, environment).awaitEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** One address is asked for at a zone that never answers. */
  private static World hangingWorld() {
    World world = World.with("zen.example,dead.example").set("DNS_TIMEOUT", "60");
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.dns().zone("dead.example").silent();
    return world;
  }

  private static void assertFatal(Ended ended, String type, String message) {
    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo(type);
    assertThat(ended.event("fatal_error").getString("error_message")).contains(message);
  }
}
