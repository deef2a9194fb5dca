package dnsblmonitor.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    List<String> command = new ArrayList<>(List.of(NAME));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
