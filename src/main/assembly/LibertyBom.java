import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Makes the bill of materials that Maven's plugin wrote one of the whole distribution: adds Open
 * Liberty with the libraries of others that its jars say they embed (each has a pom.xml), and
 * removes what the build compiles against and does not ship.
 *
 * <p>Arguments: the distribution's folder, Open Liberty's version.
 */
final class LibertyBom {

  private final Path distribution;
  private final String liberty;

  private LibertyBom(Path distribution, String version) {
    this.distribution = distribution;
    liberty = "pkg:maven/io.openliberty/openliberty-runtime@%s?type=zip".formatted(version);
  }

  public static void main(String[] args) throws Exception {
    new LibertyBom(Path.of(args[0]), args[1]).write(args[1]);
  }

  private void write(String version) throws Exception {
    Path file = distribution.resolve("sbom.cdx.json");
    JsonObject bom;
    try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
      bom = reader.readObject();
    }
    Map<String, JsonObject> components = shipped(bom);
    Map<String, JsonObject> embedded = embedded();
    embedded.forEach(components::putIfAbsent);
    components.put(liberty, runtime(version));
    JsonArrayBuilder dependencies = dependencies(bom, components.keySet());
    dependencies.add(dependency(liberty, embedded.keySet()));
    JsonObject whole =
        Json.createObjectBuilder(bom)
            .add("components", Json.createArrayBuilder(components.values()))
            .add("dependencies", dependencies)
            .build();
    try (JsonWriter writer =
        Json.createWriterFactory(Map.of("jakarta.json.stream.JsonGenerator.prettyPrinting", true))
            .createWriter(Files.newOutputStream(file))) {
      writer.writeObject(whole);
    }
  }

  /** What Maven resolved and the distribution has, by reference. */
  private Map<String, JsonObject> shipped(JsonObject bom) throws IOException {
    Set<String> jars;
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(distribution.resolve("lib")), Files.walk(distribution.resolve("wlp/usr")))) {
      jars = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    return bom.getJsonArray("components").getValuesAs(JsonObject.class).stream()
        .filter(it -> jars.contains(it.getString("name") + "-" + it.getString("version") + ".jar"))
        .collect(Collectors.toMap(LibertyBom::reference, it -> it, (a, _) -> a, TreeMap::new));
  }

  private static String reference(JsonObject component) {
    return component.getString("bom-ref");
  }

  /** What was resolved without what is not shipped. */
  private JsonArrayBuilder dependencies(JsonObject bom, Set<String> shipped) {
    JsonArrayBuilder dependencies = Json.createArrayBuilder();
    String root = reference(bom.getJsonObject("metadata").getJsonObject("component"));
    for (JsonObject it : bom.getJsonArray("dependencies").getValuesAs(JsonObject.class)) {
      String from = it.getString("ref");
      if (from.equals(root) || shipped.contains(from)) {
        List<String> on =
            it
                .getOrDefault("dependsOn", JsonValue.EMPTY_JSON_ARRAY)
                .asJsonArray()
                .getValuesAs(JsonString::getString)
                .stream()
                .filter(shipped::contains)
                .collect(Collectors.toCollection(ArrayList::new));
        if (from.equals(root)) {
          on.add(liberty);
        }
        dependencies.add(dependency(from, on));
      }
    }
    return dependencies;
  }

  private static JsonObject dependency(String from, Collection<String> on) {
    return Json.createObjectBuilder()
        .add("ref", from)
        .add("dependsOn", Json.createArrayBuilder(on))
        .build();
  }

  private JsonObject runtime(String version) {
    return component("io.openliberty", "openliberty-runtime", version, liberty)
        .add("description", "Open Liberty, reduced to the features that the monitor needs")
        .add(
            "licenses",
            Json.createArrayBuilder()
                .add(
                    Json.createObjectBuilder()
                        .add("license", Json.createObjectBuilder().add("id", "EPL-2.0"))))
        .build();
  }

  private static JsonObjectBuilder component(
      String group, String name, String version, String packageUrl) {
    return Json.createObjectBuilder()
        .add("type", "library")
        .add("bom-ref", packageUrl)
        .add("group", group)
        .add("name", name)
        .add("version", version)
        .add("purl", packageUrl);
  }

  /** The libraries that the jars of Liberty say they embed, by reference. */
  private Map<String, JsonObject> embedded() throws Exception {
    DocumentBuilder xml = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    Map<String, JsonObject> embedded = new TreeMap<>();
    try (Stream<Path> files = Files.walk(distribution.resolve("wlp"))) {
      List<Path> jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .filter(file -> !file.startsWith(distribution.resolve("wlp/usr")))
              .toList();
      for (Path jar : jars) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          for (ZipEntry entry : zip.stream().filter(LibertyBom::isPom).toList()) {
            try (InputStream pom = zip.getInputStream(entry)) {
              add(xml.parse(pom).getElementsByTagName("dependency"), embedded);
            }
          }
        }
      }
    }
    return embedded;
  }

  private static boolean isPom(ZipEntry entry) {
    return entry.getName().matches("META-INF/maven/dev/[^/]+/pom\\.xml");
  }

  private static void add(NodeList dependencies, Map<String, JsonObject> embedded) {
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String group = text(dependency, "groupId");
      String name = text(dependency, "artifactId");
      String version = text(dependency, "version");
      String reference = "pkg:maven/%s/%s@%s?type=jar".formatted(group, name, version);
      embedded.put(reference, component(group, name, version, reference).build());
    }
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent().strip();
  }
}
