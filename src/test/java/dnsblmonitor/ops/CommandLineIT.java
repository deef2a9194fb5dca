package dnsblmonitor.ops;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R5a, R5e: what the launcher makes of its arguments. */
class CommandLineIT {

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void helpNamesEveryCommandAndNeedsNoJava() {
    CommandProcess.Ended help = CommandProcess.run(Map.of("JAVA_HOME", "/nonexistent"), "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.standardError()).isEmpty();
    assertThat(String.join("\n", help.table()))
        .startsWith("Usage: dnsbl-monitor")
        .contains(
            "  run  ",
            "  check  ",
            "  serve  ",
            "  migrate  ",
            "  restore  ",
            "  notify-test  ",
            "--env-file");
  }

  @Test
  void withoutACommandNothingIsDone() throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(MonitorProcess.distribution().resolve("bin/dnsbl-monitor").toString())
            .redirectError(errors.toFile())
            .start();

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(Files.readString(errors)).startsWith("Usage: dnsbl-monitor");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(CommandProcess.run(Map.of(), "--version").table())
        .singleElement()
        .asString()
        .matches("dnsbl-monitor \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @ParameterizedTest
  @CsvSource({
    "fly, unknown command 'fly'",
    "run now, 'run' takes no arguments",
    "--env-file, --env-file requires a file name",
    "--env-file /nonexistent run, the file '/nonexistent' cannot be read",
    "--env-file / run, the file '/' cannot be read",
  })
  void whatItDoesNotKnowIsNamed(String arguments, String message) {
    CommandProcess.Ended ended = CommandProcess.run(Map.of(), arguments.split(" "));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.table()).isEmpty();
    assertThat(ended.standardError()).startsWith("dnsbl-monitor: ").contains(message);
  }

  @Test
  void aTrainingWhoseRunFailsKeepsTheOneBefore() throws IOException {
    Path home = otherHome();

    MonitorProcess.Ended ended =
        MonitorProcess.start(home, Map.of("DB_URL", "REPLACE-ME"), "train").awaitEnd();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("ConfigurationError");
    assertThat(ended.standardError()).contains("dnsbl-monitor: train: a run failed");
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left)
          .containsExactlyInAnyOrder(
              home.resolve("bin"), home.resolve("lib"), home.resolve("trained"));
    }
  }

  @Test
  void aSecondTrainingAtOnceIsRefused() throws IOException {
    Path home = otherHome();
    Files.createDirectory(home.resolve("trained.new"));

    MonitorProcess.Ended ended = MonitorProcess.start(home, Map.of(), "train").awaitEnd();

    ended.expectExit(1);
    assertThat(ended.standardError()).contains("another train is running; if not, remove");
    assertThat(home.resolve("trained.new")).isDirectory();
  }

  /** JDK 25 would use the classes of a jar as it was when the AOT cache was made. */
  @Test
  void whatWasTrainedForAnotherVersionIsReportedAndNotUsed() throws IOException {
    Path home = otherHome();
    Files.writeString(home.resolve("trained/launcher.aot"), "what the JVM would complain about");
    Files.writeString(home.resolve("trained/made-with"), "1234567 89 lib/older.jar");

    MonitorProcess.Ended ended = MonitorProcess.start(home, Map.of(), "run").awaitEnd();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("ConfigurationError");
    assertThat(ended.standardError().lines())
        .singleElement()
        .asString()
        .contains("trained' was made for another version or folder and is not used");
  }

  /** The commands of the distribution, in a folder that was trained at some time. */
  private Path otherHome() throws IOException {
    Path home = folder.resolve("home");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("trained/work"));
    Path distribution = MonitorProcess.distribution();
    Files.copy(
        distribution.resolve("bin/dnsbl-monitor"), bin.resolve("dnsbl-monitor"), COPY_ATTRIBUTES);
    Files.createSymbolicLink(home.resolve("lib"), distribution.resolve("lib"));
    return home;
  }

  /** Docker's format: one file serves both. What is read is seen by a command that refuses it. */
  @Test
  void anEnvironmentFileIsTakenLiterally() throws IOException {
    Path file = folder.resolve("my env");
    Files.writeString(
        file,
        """
        \uFEFF# a comment with DB_KIND=oracle

          \t
          # an indented one
          DB_KIND=[System] & $(id) "x" 'y' `z` #=\\
        DRY_RUN
        name=77
        DB_PORT=7x \r
        CLEAN_FALLBACK_PRIORITY=101\
        """);

    CommandProcess.Ended ended =
        CommandProcess.run(Map.of("DRY_RUN", "perhaps"), "--env-file", file.toString(), "restore");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.standardError())
        .contains(
            "DB_KIND: '[System] & $(id) \"x\" 'y' `z` #=\\'",
            "DRY_RUN: 'perhaps'",
            "DB_PORT: '7x'",
            "CLEAN_FALLBACK_PRIORITY: '101'");
  }

  /** As with docker's -e: DRY_RUN=true on the command line must not become a real run. */
  @Test
  void aVariableThatIsSetAlreadyWins() throws IOException {
    Path file = Files.writeString(folder.resolve("env"), "DRY_RUN=false\nDB_KIND=oracle\n");

    CommandProcess.Ended ended =
        CommandProcess.run(Map.of("DRY_RUN", "perhaps"), "--env-file", file.toString(), "restore");

    assertThat(ended.standardError()).contains("DRY_RUN: 'perhaps'", "DB_KIND: 'oracle'");
  }

  /** Which one is meant cannot be told, and docker takes the last one. */
  @Test
  void aVariableThatIsGivenTwiceIsRefused() throws IOException {
    refusesLine2(
        "DB_URL=REPLACE-ME\nDB_URL=s3cret\n", ": DB_URL is given twice; remove one of the lines");
  }

  @Test
  void aLineThatIsNoVariableIsNamedByItsNumberAlone() throws IOException {
    refusesLine2("DB_HOST=x\nexport DB_PASSWORD=s3cret\n", " is not NAME=value");
  }

  private void refusesLine2(String lines, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("env"), lines);

    CommandProcess.Ended ended = CommandProcess.run(Map.of(), "--env-file=" + file, "run");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.standardError())
        .contains("line 2 of '" + file + "'" + why)
        .doesNotContain("s3cret");
  }
}
