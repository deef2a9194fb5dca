package dnsblmonitor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJobSpec;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyOnPodConditionsPattern;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folder {@code kubernetes}, and the example that adds the component and other images. */
@NeedsKubectl
class KubernetesIT {

  private static final Path FOLDER = Path.of("kubernetes");
  private static final Duration PERIOD = Duration.ofMinutes(15);
  private static final Manifests BASE = Kubectl.kustomize(FOLDER);
  private static final Manifests EXAMPLE =
      Kubectl.kustomize(Path.of("examples/kubernetes/mariadb"));
  private static final Manifests SECRET = Manifests.read(FOLDER.resolve("secret.yaml"));

  static List<Manifests> both() {
    return List.of(BASE, EXAMPLE);
  }

  @TempDir Path copy = Path.of("set by JUnit");

  @Test
  void anApplyBringsEverythingButTheSecretIntoItsNamespace() {
    assertThat(BASE.objects())
        .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "ConfigMap dnsbl-config",
            "CronJob postal-dnsbl-monitor",
            "NetworkPolicy postal-dnsbl-monitor");
    assertThat(Stream.of(BASE, EXAMPLE, SECRET).flatMap(built -> built.objects().stream()))
        .extracting(object -> object.getMetadata().getNamespace())
        .containsOnly("postal");
    assertThat(SECRET.objects()).extracting(KubernetesObject::getKind).containsExactly("Secret");
    assertThat(SECRET.one(V1Secret.class, "dnsbl-secrets").getType()).isEqualTo("Opaque");
  }

  @ParameterizedTest
  @MethodSource("both")
  void aRunIsStartedEveryQuarterOfAnHourAndNeverTwiceAtATime(Manifests built) {
    V1CronJobSpec schedule = Objects.requireNonNull(built.cronJob().getSpec());
    V1JobSpec job = Objects.requireNonNull(schedule.getJobTemplate().getSpec());

    assertThat(schedule.getSchedule()).isEqualTo("*/15 * * * *");
    assertThat(schedule.getTimeZone()).isEqualTo("Etc/UTC");
    assertThat(schedule.getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(schedule.getStartingDeadlineSeconds()).isEqualTo(300);
    assertThat(schedule.getSuccessfulJobsHistoryLimit()).isEqualTo(3);
    assertThat(schedule.getFailedJobsHistoryLimit()).isEqualTo(5);
    assertThat(job.getBackoffLimit()).isZero();
    assertThat(job.getTtlSecondsAfterFinished()).isPositive();
    assertThat(built.pod().getRestartPolicy()).isEqualTo("Never");
    assertThat(built.pod().getEnableServiceLinks()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("both")
  void aRunEndsItselfBeforeItIsEndedAndBeforeTheNextOneStarts(Manifests built) {
    V1JobSpec job = Objects.requireNonNull(built.cronJob().getSpec().getJobTemplate().getSpec());
    Duration own = Duration.parse(built.settings().get("RUN_DEADLINE"));

    assertThat(own).isEqualTo(Duration.ofMinutes(14));
    assertThat(job.getActiveDeadlineSeconds())
        .isGreaterThan(own.toSeconds())
        .isLessThan(PERIOD.toSeconds());
    assertThat(built.pod().getTerminationGracePeriodSeconds()).isGreaterThan(30);
  }

  @Test
  void onlyADisruptionIsNoFailure() {
    V1JobSpec job = Objects.requireNonNull(BASE.cronJob().getSpec().getJobTemplate().getSpec());

    assertThat(job.getPodFailurePolicy().getRules())
        .containsExactly(
            new V1PodFailurePolicyRule()
                .action("Ignore")
                .onPodConditions(
                    List.of(
                        new V1PodFailurePolicyOnPodConditionsPattern()
                            .type("DisruptionTarget")
                            .status("True"))));
  }

  @ParameterizedTest
  @MethodSource("both")
  void everyContainerIsBoundedAndTheMonitorAsPromised(Manifests built) {
    assertThat(Restricted.containers(built.pod()))
        .allSatisfy(container -> {
          assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
          assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
        });
    V1Container monitor = container(built, "monitor");
    assertThat(suffixed(monitor.getResources().getRequests())).isEqualTo("cpu=250m memory=256Mi");
    assertThat(suffixed(monitor.getResources().getLimits())).isEqualTo("cpu=500m memory=512Mi");
  }

  @ParameterizedTest
  @MethodSource("both")
  void theMonitorTakesItsVariablesFromConfigMapThenSecret(Manifests built) {
    List<V1EnvFromSource> sources = container(built, "monitor").getEnvFrom();

    assertThat(sources).hasSize(2);
    String configMap = sources.getFirst().getConfigMapRef().getName();
    String secret = sources.getLast().getSecretRef().getName();
    assertThat(built.one(V1ConfigMap.class, configMap).getMetadata().getName())
        .isEqualTo("dnsbl-config");
    assertThat(SECRET.one(V1Secret.class, secret).getMetadata().getName())
        .isEqualTo("dnsbl-secrets");
    assertThat(sources.getFirst().getConfigMapRef().getOptional()).isNull();
    assertThat(sources.getLast().getSecretRef().getOptional()).isNull();
  }

  @ParameterizedTest
  @MethodSource("both")
  void thePolicySelectsTheRunsPodsAndLetsThemReachDnsDatabaseAndJira(Manifests built) {
    V1NetworkPolicySpec policy = built.one(V1NetworkPolicy.class, "postal-dnsbl-monitor").getSpec();
    Map<String, String> selector = policy.getPodSelector().getMatchLabels();

    assertThat(selector).isNotEmpty();
    assertThat(
            built
                .cronJob()
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels())
        .containsAllEntriesOf(selector);
    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getIngress()).isNullOrEmpty();
    // which KubernetesPortsIT takes as what may always be open
    assertThat(policy.getEgress().stream().flatMap(rule -> rule.getPorts().stream()))
        .extracting(port -> port.getProtocol() + " " + port.getPort())
        .containsExactlyInAnyOrder("UDP 53", "TCP 53", "TCP 5432", "TCP 3306", "TCP 443");
  }

  @Test
  void theExampleTakesItsImagesFromARegistry() {
    assertThat(BASE.pod().getContainers())
        .extracting(V1Container::getImage)
        .containsExactly("postal-dnsbl-monitor");
    assertThat(Restricted.containers(EXAMPLE.pod()))
        .extracting(V1Container::getImage)
        .containsExactly(
            "registry.example.com/postal/postal-dnsbl-monitor-unbound:1.0.0",
            "registry.example.com/postal/postal-dnsbl-monitor:1.0.0");
  }

  @Test
  void theComponentsResolverIsThereBeforeTheMonitorAndAsLong() {
    V1Container unbound = EXAMPLE.pod().getInitContainers().getFirst();
    V1ConfigMap settings = EXAMPLE.one(V1ConfigMap.class, "dnsbl-unbound");
    List<String> probe = unbound.getStartupProbe().getExec().getCommand();

    assertThat(unbound.getRestartPolicy()).isEqualTo("Always");
    assertThat(probe)
        .containsExactly("unbound-control", "-c", "/etc/unbound/monitor/unbound.conf", "status");
    assertThat(unbound.getVolumeMounts())
        .extracting(V1VolumeMount::getMountPath)
        .containsExactly("/etc/unbound/monitor", "/run/unbound");
    assertThat(settings.getData()).containsOnlyKeys("unbound.conf");
    assertThat(settings.getData().get("unbound.conf"))
        .contains("interface: 127.0.0.1\n", "port: 5353\n");
    assertThat(container(EXAMPLE, "monitor").getEnv())
        .containsExactly(new V1EnvVar().name("DNS_RESOLVERS").value("127.0.0.1:5353"));
  }

  @Test
  void changedSettingsOfTheResolverReachTheNextPod() throws IOException {
    String before = EXAMPLE.one(V1ConfigMap.class, "dnsbl-unbound").getMetadata().getName();
    copy(FOLDER);
    copy(Path.of("examples"));
    Path settings = copy.resolve("kubernetes/unbound/unbound.conf");
    Files.writeString(settings, Files.readString(settings).replace("32m", "64m"));

    Manifests changed = Kubectl.kustomize(copy.resolve("examples/kubernetes/mariadb"));

    String after = changed.one(V1ConfigMap.class, "dnsbl-unbound").getMetadata().getName();
    assertThat(after).isNotEqualTo(before);
    assertThat(changed.pod().getVolumes())
        .filteredOn(volume -> volume.getName().equals("unbound"))
        .extracting(volume -> volume.getConfigMap().getName())
        .containsExactly(after);
  }

  private void copy(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.createDirectories(copy.resolve(file).getParent());
        Files.copy(file, copy.resolve(file));
      }
    }
  }

  private static V1Container container(Manifests built, String name) {
    return Restricted.containers(built.pod())
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String suffixed(Map<String, Quantity> quantities) {
    return quantities.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue().toSuffixedString())
        .collect(Collectors.joining(" "));
  }
}
