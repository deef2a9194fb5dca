package dnsblmonitor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder {@code kubernetes/serve}, which is applied after {@code kubernetes}. */
@NeedsKubectl
class KubernetesServeIT {

  private static final Path FOLDER = Path.of("kubernetes/serve");
  private static final Manifests BUILT = Kubectl.kustomize(FOLDER);
  private static final Manifests BASE = Kubectl.kustomize(Path.of("kubernetes"));
  private static final String NAME = "postal-dnsbl-serve";

  private static final Manifests EXAMPLE =
      Kubectl.kustomize(Path.of("examples/kubernetes/mariadb"));

  @TempDir Path copy = Path.of("set by JUnit");

  private final V1DeploymentSpec deployment = deployment(BUILT);
  private final V1PodSpec pod = pod(BUILT);
  private final V1Container container = pod.getContainers().getFirst();
  private final Map<String, String> labels =
      Objects.requireNonNull(deployment.getTemplate().getMetadata().getLabels());

  private static V1DeploymentSpec deployment(Manifests built) {
    return Objects.requireNonNull(built.one(V1Deployment.class, NAME).getSpec());
  }

  private static V1PodSpec pod(Manifests built) {
    return Objects.requireNonNull(deployment(built).getTemplate().getSpec());
  }

  @Test
  void theComponentsResolverIsBesideItAsBesideARun() {
    V1PodSpec ofARun = EXAMPLE.pod();
    V1PodSpec serving = pod(EXAMPLE);

    assertThat(Restricted.violations(serving)).isEmpty();
    assertThat(serving.getInitContainers()).hasSize(1).isEqualTo(ofARun.getInitContainers());
    assertThat(serving.getContainers().getFirst().getEnv())
        .hasSize(1)
        .isEqualTo(ofARun.getContainers().getFirst().getEnv());
    assertThat(serving.getVolumes())
        .filteredOn(volume -> !volume.getName().equals("work"))
        .hasSize(3)
        .isSubsetOf(ofARun.getVolumes());
    assertThat(serving.getContainers().getFirst().getImage())
        .isEqualTo(ofARun.getContainers().getFirst().getImage());
  }

  @Test
  void anApplyBringsEverythingButTheSecretIntoTheNamespace() {
    assertThat(BUILT.objects())
        .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "Deployment " + NAME, "NetworkPolicy " + NAME, "Service " + NAME);
    assertThat(BUILT.objects())
        .extracting(object -> object.getMetadata().getNamespace())
        .containsOnly("postal");
  }

  @Test
  void itsPodIsAsRestrictedAsThatOfARun() {
    assertThat(Restricted.violations(pod)).isEmpty();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(30);
    assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
  }

  @Test
  void oneServerIsReplacedByOneThatBeginsAfterItsEnd() {
    assertThat(deployment.getReplicas()).isEqualTo(1);
    assertThat(deployment.getStrategy().getType()).isEqualTo("Recreate");
    assertThat(container.getArgs()).containsExactly("serve");
    assertThat(container.getImage()).isEqualTo(BASE.pod().getContainers().getFirst().getImage());
  }

  @Test
  void deploymentServiceAndPolicySelectItsPodsAndNoRuns() {
    V1Service service = BUILT.one(V1Service.class, NAME);
    V1NetworkPolicySpec policy =
        Objects.requireNonNull(BUILT.one(V1NetworkPolicy.class, NAME).getSpec());
    Map<String, String> ofARun =
        Objects.requireNonNull(
            BASE.cronJob()
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels());

    assertThat(
            Stream.of(
                deployment.getSelector().getMatchLabels(),
                service.getSpec().getSelector(),
                policy.getPodSelector().getMatchLabels()))
        .allSatisfy(selector -> {
          assertThat(labels).containsAllEntriesOf(selector);
          assertThat(ofARun.entrySet().containsAll(selector.entrySet())).isFalse();
        });
  }

  @Test
  void thePolicyOfRunsLetsItReachDnsDatabaseAndJiraAndItsOwnLetsOthersReachIt() {
    V1NetworkPolicySpec ofRuns =
        Objects.requireNonNull(BASE.one(V1NetworkPolicy.class, "postal-dnsbl-monitor").getSpec());
    V1NetworkPolicySpec own =
        Objects.requireNonNull(BUILT.one(V1NetworkPolicy.class, NAME).getSpec());

    assertThat(labels).containsAllEntriesOf(ofRuns.getPodSelector().getMatchLabels());
    assertThat(own.getPolicyTypes()).containsExactly("Ingress");
    assertThat(own.getIngress().stream().flatMap(rule -> rule.getPorts().stream()))
        .extracting(port -> port.getProtocol() + " " + port.getPort())
        .containsExactly("TCP " + container.getPorts().getFirst().getContainerPort());
  }

  @Test
  void probesAskForHealthByTheOnePortThatThereIs() {
    assertThat(container.getPorts()).hasSize(1);
    String port = container.getPorts().getFirst().getName();

    assertThat(
            Stream.of(
                container.getStartupProbe(),
                container.getReadinessProbe(),
                container.getLivenessProbe()))
        .extracting(V1Probe::getHttpGet)
        .allSatisfy(get -> {
          assertThat(get.getScheme()).isEqualTo("HTTPS");
          assertThat(get.getPort().getStrValue()).isEqualTo(port);
        })
        .extracting(get -> get.getPath())
        .containsExactly("/health/started", "/health/ready", "/health/live");
    assertThat(BUILT.one(V1Service.class, NAME).getSpec().getPorts())
        .singleElement()
        .extracting(V1ServicePort::getTargetPort)
        .extracting(target -> target.getStrValue())
        .isEqualTo(port);
  }

  @Test
  void itsVariablesComeFromObjectsThatAreThere() {
    Manifests secret = Manifests.read(FOLDER.resolve("secret.yaml"));
    Manifests ofRuns = Manifests.read(FOLDER.resolveSibling("secret.yaml"));
    List<V1EnvFromSource> sources = Objects.requireNonNull(container.getEnvFrom());

    assertThat(sources).hasSize(3);
    assertThat(sources.get(0).getConfigMapRef().getName()).isEqualTo("dnsbl-config");
    assertThat(BASE.settings()).isNotEmpty();
    assertThat(
            Stream.of(
                ofRuns.one(V1Secret.class, sources.get(1).getSecretRef().getName()),
                secret.one(V1Secret.class, sources.get(2).getSecretRef().getName())))
        .extracting(KubernetesObject::getKind)
        .containsOnly("Secret");
  }

  /** R40: the component that makes the Deployment the whole installation. */
  @Test
  void withTheComponentScheduleTheServerStartsTheRunsAndTheCronJobIsSuspended() throws IOException {
    Manifests scheduled = examplePlusSchedule();

    assertThat(scheduled.cronJob().getSpec().getSuspend()).isTrue();
    assertThat(EXAMPLE.cronJob().getSpec().getSuspend()).isNull();
    assertThat(pod(scheduled).getContainers().getFirst().getEnv())
        .contains(new V1EnvVar().name("SERVE_SCHEDULE").value("PT15M"))
        .containsAll(pod(EXAMPLE).getContainers().getFirst().getEnv())
        .hasSize(2);
    assertThat(Restricted.violations(pod(scheduled))).isEmpty();
    scheduled.cronJob().getSpec().setSuspend(null);
    deployment(scheduled).getTemplate().setSpec(pod(EXAMPLE));
    assertThat(scheduled.objects()).as("nothing else").isEqualTo(EXAMPLE.objects());
  }

  private Manifests examplePlusSchedule() throws IOException {
    for (String folder : List.of("kubernetes", "examples")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.createDirectories(copy.resolve(file).getParent());
          Files.copy(file, copy.resolve(file));
        }
      }
    }
    Path example = copy.resolve("examples/kubernetes/mariadb");
    Path kustomization = example.resolve("kustomization.yaml");
    Files.writeString(
        kustomization,
        Files.readString(kustomization)
            .replace("# - ../../../kubernetes/schedule", "- ../../../kubernetes/schedule"));
    return Kubectl.kustomize(example);
  }
}
