package dnsblmonitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the JVMs start: with which AOT cache, and without what they do not need. */
class ServerStartIT {

  private final World world = World.with("zen.example");

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void endWorld() {
    world.close();
  }

  /** Machine code of another CPU ends the JVM with SIGILL, JDK-8388703. */
  @Test
  void aCacheThatFitsIsUsedWithoutItsMachineCode() throws IOException {
    world.set("DNS_TIMEOUT", "60");
    world.database().insert("203.0.113.7", 80);
    world.dns().zone("zen.example").silent();
    MonitorProcess run = world.process();
    Await.until("the run asks", () -> world.dns().questions("zen.example") > 0);

    String flags = jcmd(run.serverPid(), "VM.flags", "-all");
    String maps = Files.readString(Path.of("/proc/%d/maps".formatted(run.serverPid())));
    String launcherFlags = jcmd(run.pid(), "VM.flags", "-all");
    String launcherMaps = Files.readString(Path.of("/proc/%d/maps".formatted(run.pid())));
    run.terminate();
    Ended ended = run.awaitEnd();

    assertThat(List.of(flags, launcherFlags))
        .allSatisfy(it ->
            assertThat(it)
                .containsPattern(" AOTAdapterCaching +(:?=) +false ")
                .containsPattern(" AOTStubCaching +(:?=) +false "));
    assertThat(maps).contains("/trained/server.aot");
    assertThat(launcherMaps).contains("/trained/launcher.aot");
    assertThat(warnings(ended)).isEmpty();
    assertThat(ended.standardError()).isEmpty();
  }

  @Test
  void aCacheThatDoesNotFitAndVariablesThatAreIgnoredAreReportedOnce() throws IOException {
    Path cache = Files.writeString(folder.resolve("other.aot"), "of another JVM");
    world.set("JVM_ARGS", "-XX:AOTCache=" + cache).set("TICKETS", "none");

    Ended ended = world.run();

    ended.expectExit(0);
    assertThat(warnings(ended))
        .singleElement()
        .asString()
        .contains("other.aot was not used", "WARNING");
    assertThat(ended.event("warning").getString("message"))
        .startsWith("TICKETS=none: no tickets are filed, and JIRA_SERVER, ");
  }

  @Test
  void aDryRunWithoutJiraLoadsOnlyWhatItNeedsAndNothingIsForOthersToRead() throws IOException {
    Path loaded = folder.resolve("loaded");
    Path output = folder.resolve("output");
    world.withoutJira().set("DRY_RUN", "true").set("WLP_OUTPUT_DIR", output.toString());
    world.set("JVM_ARGS", "'-Xlog:class+load:file=%s'".formatted(loaded));

    Ended ended = world.run();

    ended.expectExit(0);
    assertThat(ended.lines())
        .filteredOn(line -> line.contains("CWWKF0012I"))
        .singleElement()
        .asString()
        .contains("batch-2.1")
        .doesNotContain("adminCenter", "batchManagement", "appSecurity", "mpHealth", "restConn");
    assertThat(String.join("\n", ended.lines()))
        .as("no stack trace of a good end")
        .doesNotContain("HealthCheck", "CWWKG0102I", "System.exit", "Exception");
    // RESTEasy's own classes come with Liberty's feature
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains(" dnsblmonitor.batch.TicketBatchlet "))
        .noneMatch(line -> line.contains(" dnsblmonitor.jira.JiraSession "))
        .noneMatch(line -> line.contains(" org.apache.http."));
    try (Stream<Path> files = Files.walk(output)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .noneMatch(ServerStartIT::othersMayReadIt);
    }
  }

  private static boolean othersMayReadIt(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> warnings(Ended ended) {
    return ended.lines().stream().filter(line -> line.contains("launch.AotCache")).toList();
  }

  private static String jcmd(long pid, String... command) throws IOException {
    List<String> line =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid)));
    line.addAll(List.of(command));
    Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
  }
}
