package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void whatIsOnlyCompiledAgainstOrTestedWithIsNotInIt() throws IOException {
    assertThat(components())
        .noneMatch(name -> name.startsWith("assertj-core-"))
        .noneMatch(name -> name.startsWith("jakarta.jakartaee-"))
        .noneMatch(name -> name.startsWith("jakarta.faces-api-"));
  }

  @Test
  void libertyIsInItWithTheVersionThatItNamesItself() throws IOException {
    Properties product = new Properties();
    try (Reader text =
        Files.newBufferedReader(distribution.resolve("wlp/lib/versions/openliberty.properties"))) {
      product.load(text);
    }

    String version = product.getProperty("com.ibm.websphere.productVersion");
    assertThat(packageUrls())
        .contains("pkg:maven/io.openliberty/openliberty-runtime@%s?type=zip".formatted(version));
  }

  /** Those of Apache HttpComponents say in a file of their own which version they are of. */
  @ParameterizedTest
  @CsvSource({
    "httpclient, org/apache/http/client/version.properties",
    "httpcore, org/apache/http/version.properties",
    "httpcore-nio, org/apache/http/nio/version.properties"
  })
  void theLibrariesInsideLibertysJarsAreInIt(String library, String file) throws IOException {
    Path jar =
        files("wlp/lib")
            .filter(path -> path.toString().contains("com.ibm.ws.org.apache.httpcomponents_"))
            .findFirst()
            .orElseThrow();
    Properties text = new Properties();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      text.load(zip.getInputStream(zip.getEntry(file)));
    }

    assertThat(packageUrls())
        .contains(
            "pkg:maven/org.apache.httpcomponents/%s@%s?type=jar"
                .formatted(library, text.getProperty("info.release")));
  }

  @Test
  void whatDependsOnWhatNamesOnlyWhatIsInIt() throws IOException {
    JsonObject bom = bom();
    List<String> references =
        bom.getJsonArray("components").getValuesAs(JsonObject.class).stream()
            .map(it -> it.getString("bom-ref"))
            .toList();
    List<JsonObject> dependencies = bom.getJsonArray("dependencies").getValuesAs(JsonObject.class);

    assertThat(references).doesNotHaveDuplicates();
    assertThat(dependencies.stream().flatMap(it -> on(it).stream()))
        .isNotEmpty()
        .allMatch(references::contains);
    assertThat(on(dependencies.getFirst()))
        .as("what the monitor itself needs")
        .anyMatch(it -> it.startsWith("pkg:maven/io.openliberty/openliberty-runtime@"));
  }

  private static List<String> on(JsonObject dependency) {
    return dependency.getJsonArray("dependsOn").getValuesAs(JsonString::getString);
  }

  private JsonObject bom() throws IOException {
    try (JsonReader reader =
        Json.createReader(Files.newInputStream(distribution.resolve("sbom.cdx.json")))) {
      return reader.readObject();
    }
  }

  private List<String> packageUrls() throws IOException {
    return bom().getJsonArray("components").getValuesAs(JsonObject.class).stream()
        .map(it -> it.getString("purl"))
        .toList();
  }

  private List<String> components() throws IOException {
    return bom().getJsonArray("components").getValuesAs(JsonObject.class).stream()
        .map(it -> it.getString("name") + "-" + it.getString("version") + ".jar")
        .toList();
  }

  private List<String> jars(String folder) throws IOException {
    return files(folder).map(file -> file.getFileName().toString()).filter(SbomIT::isJar).toList();
  }

  private Stream<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(distribution.resolve(folder))) {
      return files.toList().stream();
    }
  }

  private static boolean isJar(String name) {
    return name.endsWith(".jar");
  }
}
