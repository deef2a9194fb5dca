package dnsblmonitor.containers;

import dnsblmonitor.testing.MonitorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The image that the system property {@code monitor.image} names, run by the engine's client as
 * docs/install-one-host.md does, and as a pod of {@code kubernetes} is; in the network of this
 * machine, so that it reaches the stand-ins on loopback.
 */
final class MonitorImage {

  static final String NAME = System.getProperty("monitor.image", "postal-dnsbl-monitor");
  static final String DOCKER = System.getProperty("docker", "docker");

  private MonitorImage() {}

  /** Starts a run; {@code folder} gets a launcher that stands in for the distribution's. */
  static MonitorProcess start(Path folder, Map<String, String> environment) {
    return start(folder, environment, "--rm");
  }

  /** The same with other options than {@code --rm} for the container. */
  static MonitorProcess start(Path folder, Map<String, String> environment, String options) {
    return start(folder, environment, options + " --memory=512m --cpus=0.5", new String[0]);
  }

  /** Starts a command of the launcher; {@code options} bound memory and CPU. */
  static MonitorProcess start(
      Path folder, Map<String, String> environment, String options, String... command) {
    try {
      Path launcher = folder.resolve("bin/dnsbl-monitor");
      Files.createDirectories(launcher.getParent());
      Files.writeString(launcher, launcher(options));
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
      return MonitorProcess.start(folder, environment, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String launcher(String options) {
    return """
    #!/bin/sh
    # what a container runs by default
    command=$*
    [ "$command" != run ] || command=
    set --
    for name in $(env | sed -n 's/^\\([A-Z0-9_]*\\)=.*/\\1/p'); do
      case $name in
        PATH | PWD | JAVA_HOME | WLP_OUTPUT_DIR) ;;
        *) set -- --env "$name" "$@" ;;
      esac
    done
    exec %s run %s --network host --read-only --tmpfs /tmp --cap-drop ALL \\
      --security-opt no-new-privileges "$@" %s $command
    """
        .formatted(DOCKER, options, NAME);
  }

  /** The variables in docker's format. */
  static String envFile(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** What the engine's client says. */
  static String docker(String... arguments) {
    return Program.said(DOCKER, arguments).strip();
  }
}
