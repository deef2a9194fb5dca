package dnsblmonitor.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shell lines of README and docs: those of named blocks are run by tests, of the others at least
 * command, options, files and resources are looked at.
 */
class DocsCommandsTest {

  /**
   * Blocks that {@code .ci/run}, {@code ReadmeServeIT}, {@code RestoreIT} and {@code
   * NotificationsDocsTest} run.
   */
  private static final Set<String> RUN =
      Set.of(
          "sh quickstart",
          "sh quickstart background",
          "sh serve",
          "sh curl",
          "sh batchManager",
          "sh incident",
          "sh signature");

  /** Programs of others whose arguments are not looked at. */
  private static final Set<String> OTHERS =
      Set.of(
          "jq",
          "git",
          "gzip",
          "psql",
          "mariadb",
          "systemctl",
          "journalctl",
          "cd",
          "chmod",
          "chown",
          "curl",
          "ln",
          "sleep",
          "umask",
          "printf");

  private static final Pattern ASSIGNMENT =
      Pattern.compile("^\\s*(?:[A-Z_]+=(?:'[^']*'|\"[^\"]*\"|\\S*)\\s+)+");
  private static final Pattern RESOURCE = Pattern.compile("postal-dnsbl-[a-z-]+");
  private static final Pattern SERVICE = Pattern.compile("(?m)^ {2}([a-z]+):$");
  private static final Set<String> COMPOSE =
      Set.of("up", "down", "ps", "logs", "restart", "start", "stop");
  private static final Pattern PROPERTY = Pattern.compile("-D([\\w.-]+)(?:=(\\S+))?");

  /** Of the Maven plugins that run tests. */
  private static final Set<String> MAVENS = Set.of("test", "it.test");

  private static Set<String> commands = Set.of();

  static List<DocsPage> pages() {
    return DocsPage.all();
  }

  @BeforeAll
  static void askForHelp() throws IOException, InterruptedException {
    Process help =
        new ProcessBuilder("sh", "src/main/distribution/bin/dnsbl-monitor", "--help").start();
    String said = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(help.waitFor()).isZero();
    commands =
        said.lines()
            .dropWhile(line -> !line.equals("Commands:"))
            .skip(1)
            .takeWhile(line -> !line.isBlank())
            .map(line -> line.strip().replaceFirst(" .*", ""))
            .collect(Collectors.toSet());
  }

  @Test
  void everyNamedBlockIsOneThatTestsRun() {
    Set<String> named = new HashSet<>();
    DocsPage.all().forEach(page -> named.addAll(page.shells()));
    named.remove("sh");

    assertThat(named).isEqualTo(RUN);
  }

  @Test
  void everyCommandOfTheProgramIsDescribed() {
    assertThat(
            DocsPage.of("docs/operations.md").section("## Commands").rows().stream()
                .flatMap(row -> row.code(0).stream())
                .filter(code -> code.startsWith("dnsbl-monitor "))
                .map(code -> code.substring("dnsbl-monitor ".length())))
        .containsExactlyInAnyOrderElementsOf(commands);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyShellLineCanWork(DocsPage page) {
    Set<String> made =
        DocsPage.all().stream()
            .flatMap(DocsCommandsTest::shellCommands)
            .filter(command -> command.startsWith("cp "))
            .map(copy -> List.of(copy.split("\\s+")).getLast())
            .collect(Collectors.toSet());

    assertThat(
            Stream.concat(shellCommands(page), inlineCommands(page))
                .flatMap(command -> faults(command, made).stream()))
        .isEmpty();
  }

  /** Each program that a line starts, without comments and what is quoted. */
  private static Stream<String> shellCommands(DocsPage page) {
    return page.blocks("sh").stream()
        .flatMap(List::stream)
        .map(line -> line.replaceFirst("(?:^|\\s)#.*", ""))
        .map(line -> line.replaceAll("'[^']*'|\"[^\"]*\"", "''"))
        .flatMap(line -> Stream.of(line.split("\\s\\|\\s|;\\s")))
        .map(command -> command.strip().replaceFirst("^(?:until|do) |^done$", ""))
        .filter(command -> !command.isEmpty());
  }

  /** What the prose tells people to type. */
  private static Stream<String> inlineCommands(DocsPage page) {
    return page.code().stream()
        .filter(code -> code.matches("(?:[A-Z_]+=\\S+ )*(?:dnsbl-monitor|mvn) .*"))
        .filter(code -> !code.contains("NAME"));
  }

  private static List<String> faults(String line, Set<String> made) {
    String command = ASSIGNMENT.matcher(line).replaceFirst("");
    List<String> words = List.of(command.split("\\s+"));
    List<String> faults =
        switch (words.getFirst()) {
          case "dnsbl-monitor" -> monitor(words.subList(1, words.size()));
          case "docker" -> docker(words);
          case "mvn" -> maven(command);
          case "kubectl" -> kubectl(command, made);
          case "cp", "install" -> copy(words);
          default -> OTHERS.contains(words.getFirst()) ? List.of() : List.of("unknown program");
        };
    return faults.stream().map(fault -> "%s: %s".formatted(fault, line)).toList();
  }

  private static List<String> monitor(List<String> arguments) {
    List<String> rest = new ArrayList<>(arguments);
    if (!rest.isEmpty() && rest.getFirst().equals("--env-file")) {
      rest = rest.subList(2, rest.size());
    }
    boolean isRight =
        rest.size() == 1
            && (commands.contains(rest.getFirst())
                || Set.of("--help", "--version").contains(rest.getFirst()));
    return isRight ? List.of() : List.of("not a command of dnsbl-monitor");
  }

  /** {@code run}: what is behind the image's name is a command. */
  private static List<String> docker(List<String> words) {
    if (words.get(1).equals("compose")) {
      return compose(words.subList(2, words.size()));
    }
    if (!words.get(1).equals("run")) {
      String folder = words.getLast();
      return words.get(1).equals("build") && !Files.exists(Path.of(folder, "Dockerfile"))
          ? List.of("no Dockerfile")
          : List.of();
    }
    int image = words.indexOf("postal-dnsbl-monitor");
    List<String> arguments = image < 0 ? List.of("?") : words.subList(image + 1, words.size());
    return arguments.isEmpty() ? List.of() : monitor(arguments);
  }

  /** {@code run}: what is behind the service's name is a command. */
  private static List<String> compose(List<String> words) {
    Set<String> services =
        SERVICE
            .matcher(ProjectFiles.read(Path.of("compose/compose.yaml")))
            .results()
            .map(service -> service.group(1))
            .collect(Collectors.toSet());
    List<String> rest =
        words.stream().skip(1).dropWhile(word -> !services.contains(word)).skip(1).toList();
    if (words.getFirst().equals("run")) {
      return monitor(rest);
    }
    boolean isRight =
        COMPOSE.contains(words.getFirst())
            && words.stream()
                .skip(1)
                .filter(word -> word.matches("[a-z]+"))
                .allMatch(services::contains);
    return isRight ? List.of() : List.of("not a command or a service of compose");
  }

  private static List<String> maven(String command) {
    List<String> faults = new ArrayList<>();
    String pom = ProjectFiles.read(Path.of("pom.xml"));
    groups("-P([\\w,-]+)", command)
        .flatMap(profiles -> Arrays.stream(profiles.split(",")))
        .filter(profile -> !pom.contains("<id>%s</id>".formatted(profile)))
        .forEach(profile -> faults.add("no profile " + profile));
    PROPERTY
        .matcher(command)
        .results()
        .forEach(property -> {
          String name = property.group(1);
          String value = property.group(2);
          if (MAVENS.contains(name)) {
            Arrays.stream(value.split(","))
                .filter(test -> !isTest(test))
                .forEach(test -> faults.add("no test " + test));
          } else if (!isRead(pom, name)) {
            faults.add("no property " + name);
          }
        });
    return faults;
  }

  /** A property of the build, or one that the tests' code reads. */
  private static boolean isRead(String pom, String name) {
    return pom.contains(name)
        || ProjectFiles.below("src").stream()
            .anyMatch(file -> ProjectFiles.read(file).contains("\"" + name + "\""));
  }

  private static boolean isTest(String name) {
    return ProjectFiles.below("src").stream().anyMatch(file -> file.endsWith(name + ".java"));
  }

  private static List<String> kubectl(String command, Set<String> made) {
    List<String> faults = new ArrayList<>();
    groups("apply -[kf] ([\\w./-]+\\w)", command)
        .filter(file -> !made.contains(file) && !Files.exists(Path.of(file)))
        .forEach(file -> faults.add("no file " + file));
    String manifests =
        ProjectFiles.below("kubernetes").stream().map(ProjectFiles::read).collect(joining("\n"));
    RESOURCE
        .matcher(command)
        .results()
        .map(MatchResult::group)
        .filter(name -> !manifests.contains("name: " + name + "\n"))
        .forEach(name -> faults.add("no resource " + name));
    return faults;
  }

  /** What is copied is there, but for what the build makes. */
  private static List<String> copy(List<String> words) {
    return words.subList(1, words.size() - 1).stream()
        .filter(word -> word.matches("[\\w.][\\w./-]*(?:/\\*)?") && word.matches(".*[./].*"))
        .filter(word -> !word.startsWith("target/"))
        .filter(word -> !Files.exists(Path.of(word.replace("/*", ""))))
        .map(word -> "no file " + word)
        .toList();
  }

  private static Stream<String> groups(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
  }
}
