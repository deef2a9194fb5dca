package dnsblmonitor.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.Route;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
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

  /** Refuses a field that a type does not know. */
  private static final JsonMapper CUSTOM =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

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
      case "batch/v1 Job" -> strict(object, V1Job.class, V1Job::validateJsonElement);
      case "networking.k8s.io/v1 NetworkPolicy" ->
          strict(object, V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement);
      case "route.openshift.io/v1 Route" -> custom(object, Route.class);
      case "monitoring.coreos.com/v1 PrometheusRule" -> custom(object, PrometheusRule.class);
      case "monitoring.coreos.com/v1 ServiceMonitor" -> custom(object, ServiceMonitor.class);
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
    demandSame(JSON.getGson().toJson(loaded), object);
    return loaded;
  }

  /** Both loaders let a number pass where a text belongs; loading then turns it into one. */
  private static void demandSame(String loaded, JsonObject object) {
    JsonElement again = JsonParser.parseString(loaded);
    if (!filled(again).equals(filled(JsonParser.parseString(object.toString())))) {
      throw new IllegalArgumentException("taken as %s: %s".formatted(again, object));
    }
  }

  /** Of OpenShift or the Prometheus operator, whose types would keep an unknown field. */
  private static KubernetesObject custom(JsonObject object, Class<? extends HasMetadata> type) {
    try {
      demandSame(CUSTOM.writeValueAsString(CUSTOM.readValue(object.toString(), type)), object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return new DynamicKubernetesObject(object);
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

  /** The one object of OpenShift or the Prometheus operator of that kind. */
  public <T extends HasMetadata> T custom(Class<T> type) {
    List<DynamicKubernetesObject> found =
        of(DynamicKubernetesObject.class)
            .filter(object -> type.getSimpleName().equals(object.getKind()))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("%d of %s".formatted(found.size(), type.getSimpleName()));
    }
    try {
      return CUSTOM.readValue(found.getFirst().getRaw().toString(), type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public <T> Stream<T> of(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  public V1CronJob cronJob() {
    return one(V1CronJob.class, "postal-dnsbl-monitor");
  }

  /** Of a run. */
  public V1PodSpec pod() {
    return Objects.requireNonNull(template(cronJob()).getSpec());
  }

  static V1PodTemplateSpec template(V1CronJob cronJob) {
    return cronJob.getSpec().getJobTemplate().getSpec().getTemplate();
  }

  /** Of all pods that the objects start. */
  public List<V1PodTemplateSpec> templates() {
    return Stream.concat(
            of(V1CronJob.class).map(Manifests::template),
            of(V1Deployment.class).map(deployment -> deployment.getSpec().getTemplate()))
        .toList();
  }

  /** Those of the ConfigMap, and what wins over them in a run's own environment. */
  public Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>(settings());
    Optional.ofNullable(pod().getContainers().getFirst().getEnv())
        .ifPresent(own -> own.forEach(it -> variables.put(it.getName(), it.getValue())));
    return variables;
  }

  /** The name of the ConfigMap or Secret that a container takes variables from. */
  static String name(V1EnvFromSource source) {
    return Objects.requireNonNull(
        source.getSecretRef() == null
            ? source.getConfigMapRef().getName()
            : source.getSecretRef().getName());
  }

  /** The variables of the ConfigMap. */
  public Map<String, String> settings() {
    return Objects.requireNonNull(one(V1ConfigMap.class, "dnsbl-config").getData());
  }
}
