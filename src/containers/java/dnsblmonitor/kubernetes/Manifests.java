package dnsblmonitor.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Kubernetes objects, each loaded strictly: a key that stands twice, a field that its kind does not
 * know or demands, or a value of another type is an error.
 */
public record Manifests(List<KubernetesObject> objects) {

  /** Of the kinds that are known here; another one is an error. */
  public static Manifests parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Iterable<Object> documents = new Yaml(new SafeConstructor(options)).loadAll(yaml);
    return new Manifests(
        StreamSupport.stream(documents.spliterator(), false)
            .map(document -> strict(new Gson().toJsonTree(document).getAsJsonObject()))
            .toList());
  }

  /** Of a file. */
  public static Manifests read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KubernetesObject strict(JsonObject object) {
    String kind = object.get("apiVersion").getAsString() + " " + object.get("kind").getAsString();
    return switch (kind) {
      case "v1 ConfigMap" -> strict(object, V1ConfigMap.class, V1ConfigMap::validateJsonElement);
      case "v1 Secret" -> strict(object, V1Secret.class, V1Secret::validateJsonElement);
      case "v1 Service" -> strict(object, V1Service.class, V1Service::validateJsonElement);
      case "apps/v1 Deployment" ->
          strict(object, V1Deployment.class, V1Deployment::validateJsonElement);
      case "batch/v1 CronJob" -> strict(object, V1CronJob.class, V1CronJob::validateJsonElement);
      case "networking.k8s.io/v1 NetworkPolicy" ->
          strict(object, V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement);
      default -> throw new IllegalArgumentException("an object of a kind that is unknown: " + kind);
    };
  }

  private interface Validator {
    void validate(JsonElement json) throws IOException;
  }

  private static <T extends KubernetesObject> T strict(
      JsonObject object, Class<T> type, Validator validator) {
    try {
      validator.validate(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    T loaded = Objects.requireNonNull(JSON.getGson().fromJson(object, type));
    // the validators let a number pass where a text belongs; loading then turns it into one
    JsonElement again = JsonParser.parseString(JSON.getGson().toJson(loaded));
    if (!filled(again).equals(filled(JsonParser.parseString(object.toString())))) {
      throw new IllegalArgumentException("taken as %s: %s".formatted(again, object));
    }
    return loaded;
  }

  /** Without empty lists and maps, of which loading adds some. */
  private static JsonElement filled(JsonElement json) {
    return switch (json) {
      case JsonObject object -> {
        JsonObject filled = new JsonObject();
        object
            .asMap()
            .forEach((key, value) -> {
              if (!isEmpty(filled(value))) {
                filled.add(key, filled(value));
              }
            });
        yield filled;
      }
      case JsonArray array -> {
        JsonArray filled = new JsonArray();
        array.forEach(value -> filled.add(filled(value)));
        yield filled;
      }
      default -> json;
    };
  }

  private static boolean isEmpty(JsonElement json) {
    return json.equals(new JsonObject()) || json.equals(new JsonArray());
  }

  /** The one object of that kind and name; a name that Kustomize made ends with a hash. */
  public <T extends KubernetesObject> T one(Class<T> type, String name) {
    List<T> found =
        of(type)
            .filter(object ->
                Objects.requireNonNull(object.getMetadata().getName())
                    .matches(name + "(-[a-z0-9]{10})?"))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("%d of %s %s".formatted(found.size(), type.getSimpleName(), name));
    }
    return found.getFirst();
  }

  private <T> Stream<T> of(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  public V1CronJob cronJob() {
    return one(V1CronJob.class, "postal-dnsbl-monitor");
  }

  public V1PodSpec pod() {
    return Objects.requireNonNull(
        cronJob().getSpec().getJobTemplate().getSpec().getTemplate().getSpec());
  }

  /** The variables of the ConfigMap. */
  public Map<String, String> settings() {
    return Objects.requireNonNull(one(V1ConfigMap.class, "dnsbl-config").getData());
  }
}
