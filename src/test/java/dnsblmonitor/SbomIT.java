package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials (CycloneDX) that lies in the distribution. */
class SbomIT {

  private final Path distribution = MonitorProcess.distribution();

  @Test
  void everyLibraryThatIsShippedIsInIt() throws IOException {
    List<String> libraries =
        Stream.of(jars("lib"), jars("wlp/usr"))
            .flatMap(List::stream)
            .filter(name -> !name.startsWith("dnsbl-monitor-"))
            .distinct()
            .toList();

    assertThat(libraries).hasSizeGreaterThan(20);
    assertThat(components()).containsAll(libraries);
  }

  @Test
  void whatOnlyTestsUseIsNotInIt() throws IOException {
    assertThat(components()).noneMatch(name -> name.startsWith("assertj-core-"));
  }

  private List<String> components() throws IOException {
    try (JsonReader reader =
        Json.createReader(Files.newInputStream(distribution.resolve("sbom.cdx.json")))) {
      return reader.readObject().getJsonArray("components").getValuesAs(JsonObject.class).stream()
          .map(it -> it.getString("name") + "-" + it.getString("version") + ".jar")
          .toList();
    }
  }

  private List<String> jars(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(distribution.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).filter(SbomIT::isJar).toList();
    }
  }

  private static boolean isJar(String name) {
    return name.endsWith(".jar");
  }
}
