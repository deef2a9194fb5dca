package dnsblmonitor.kubernetes;

import dnsblmonitor.containers.Program;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kubectl that the system property {@code kubectl} names, asked for nothing of a cluster. */
public final class Kubectl {

  static final String NAME = System.getProperty("kubectl", "kubectl");

  private Kubectl() {}

  /** The objects that {@code kubectl kustomize} makes of a folder. */
  public static Manifests kustomize(Path folder) {
    return Manifests.parse(run("kustomize", folder.toString()));
  }

  /** The object of a file with these variables in its containers. */
  static Manifests setEnv(Path file, List<String> variables) {
    List<String> arguments =
        new ArrayList<>(List.of("set", "env", "--local", "-f", file.toString(), "-o", "yaml"));
    arguments.addAll(variables);
    return Manifests.parse(
        run(arguments.toArray(String[]::new)).replaceAll("(?m)^ +creationTimestamp: null\n", ""));
  }

  /** Empty where there is no kubectl, or one that is too old to say. */
  static String kustomizeVersion() {
    try {
      return run("version", "--client", "--output=yaml")
          .lines()
          .filter(line -> line.startsWith("kustomizeVersion: "))
          .map(line -> line.substring(line.indexOf(' ') + 1))
          .findFirst()
          .orElse("");
    } catch (UncheckedIOException | AssertionError e) {
      return "";
    }
  }

  private static String run(String... arguments) {
    return Program.said(NAME, arguments);
  }
}
