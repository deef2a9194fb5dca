package dnsblmonitor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.ProjectFiles;
import io.fabric8.openshift.api.model.Route;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each folder that is applied, and what the examples add. */
@NeedsKubectl
class KubernetesExamplesIT {

  private static final Path EXAMPLES = Path.of("examples/kubernetes");
  private static final String SERVE = "postal-dnsbl-serve";

  /** What people create, as the page says. */
  private static final List<String> BY_HAND =
      List.of(
          "dnsbl-secrets",
          "dnsbl-owner-secrets",
          "dnsbl-serve-secrets",
          "dnsbl-serve-key",
          "dnsbl-ca");

  private static final Map<String, Manifests> BUILT =
      Stream.of(
              "kubernetes",
              "kubernetes/commands",
              "kubernetes/serve",
              "examples/kubernetes/mariadb",
              "examples/kubernetes/postgresql",
              "examples/kubernetes/openshift")
          .collect(
              Collectors.toMap(folder -> folder, folder -> Kubectl.kustomize(Path.of(folder))));

  private static final Manifests OPENSHIFT = example("openshift");

  static Stream<Manifests> all() {
    return BUILT.values().stream();
  }

  static Stream<Manifests> examples() {
    return Stream.of("mariadb", "postgresql", "openshift").map(KubernetesExamplesIT::example);
  }

  private static Manifests built(String folder) {
    return Objects.requireNonNull(BUILT.get(folder));
  }

  private static Manifests example(String name) {
    return built("examples/kubernetes/" + name);
  }

  private static V1VolumeMount readOnly(String name, Path file) {
    return new V1VolumeMount()
        .name(name)
        .mountPath(Objects.requireNonNull(file.getParent()).toString())
        .readOnly(true);
  }

  private static V1PodSpec spec(V1PodTemplateSpec template) {
    return Objects.requireNonNull(template.getSpec());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPodIsRestrictedInFullAndBounded(Manifests built) {
    assertThat(built.templates())
        .isNotEmpty()
        .allSatisfy(template -> {
          assertThat(Restricted.violations(spec(template))).isEmpty();
          assertThat(spec(template).getEnableServiceLinks()).isFalse();
          assertThat(Restricted.containers(spec(template)))
              .allSatisfy(container -> {
                assertThat(container.getResources().getRequests())
                    .containsOnlyKeys("cpu", "memory");
                assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
              });
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPodHasTheNameThatThePolicySelectsAndAComponentOfItsOwn(Manifests built) {
    Map<String, String> selector =
        Objects.requireNonNull(
            built("kubernetes")
                .one(V1NetworkPolicy.class, "postal-dnsbl-monitor")
                .getSpec()
                .getPodSelector()
                .getMatchLabels());

    assertThat(built.templates())
        .extracting(template -> template.getMetadata().getLabels())
        .allSatisfy(labels ->
            assertThat(labels)
                .containsAllEntriesOf(selector)
                .containsOnlyKeys("app.kubernetes.io/name", "app.kubernetes.io/component"))
        .extracting(labels -> labels.get("app.kubernetes.io/component"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMountIsOfAVolumeThatIsThereAndEveryVolumeIsMounted(Manifests built) {
    assertThat(built.templates())
        .allSatisfy(template ->
            assertThat(spec(template).getVolumes())
                .extracting(V1Volume::getName)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                    Restricted.containers(spec(template))
                        .flatMap(container -> container.getVolumeMounts().stream())
                        .map(V1VolumeMount::getName)
                        .toList()));
    assertThat(built.templates())
        .allSatisfy(template -> {
          assertThat(spec(template).getContainers()).hasSize(1);
          assertThat(spec(template).getContainers().getFirst().getVolumeMounts())
              .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
              .containsExactly(new V1VolumeMount().name("work").mountPath("/tmp"));
          assertThat(spec(template).getVolumes())
              .filteredOn(volume -> volume.getEmptyDir() != null)
              .allSatisfy(volume -> assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
        });
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatAPodRefersToIsAppliedWithItOrMadeByHand(Manifests built) {
    List<String> applied =
        built
            .of(V1ConfigMap.class)
            .map(map -> Objects.requireNonNull(map.getMetadata().getName()))
            .toList();

    assertThat(built.templates().stream().flatMap(KubernetesExamplesIT::references))
        .contains("dnsbl-config", "dnsbl-secrets", "dnsbl-ca")
        .allMatch(name -> applied.contains(name) || BY_HAND.contains(name));
  }

  private static Stream<String> references(V1PodTemplateSpec template) {
    return Stream.concat(
        spec(template).getContainers().stream()
            .flatMap(container -> container.getEnvFrom().stream())
            .map(Manifests::name),
        spec(template).getVolumes().stream()
            .filter(volume -> volume.getEmptyDir() == null)
            .map(volume ->
                volume.getSecret() == null
                    ? Objects.requireNonNull(volume.getConfigMap().getName())
                    : Objects.requireNonNull(volume.getSecret().getSecretName())));
  }

  @Test
  void thePageSaysHowToMakeWhatIsMadeByHand() {
    String page = DocsPage.of("docs/install-kubernetes.md").text();
    String templates =
        ProjectFiles.below("kubernetes", "examples").stream()
            .filter(file -> file.endsWith("secret.yaml"))
            .map(ProjectFiles::read)
            .collect(Collectors.joining());

    assertThat(BY_HAND)
        .allMatch(name ->
            templates.contains("  name: " + name + "\n")
                || page.matches(
                    "(?s).*kubectl -n postal create \\w+( generic)? %s .*".formatted(name)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theAuthoritysFileIsMountedIntoEveryPodThatReadsIt(Manifests built) {
    Path file = Path.of(Objects.requireNonNull(built.settings().get("TLS_CA_FILE")));

    assertThat(built.templates())
        .hasSizeGreaterThan(3)
        .allSatisfy(template -> {
          assertThat(spec(template).getContainers().getFirst().getVolumeMounts())
              .contains(readOnly("ca", file));
          assertThat(spec(template).getVolumes())
              .filteredOn(volume -> volume.getName().equals("ca"))
              .extracting(volume -> volume.getConfigMap().getName())
              .containsExactly("dnsbl-ca");
        });
    assertThat(DocsPage.of("docs/install-kubernetes.md").text())
        .contains("create configmap dnsbl-ca --from-file=" + file.getFileName());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyImageIsFromARegistryAndOfOneVersion(Manifests built) {
    assertThat(
            built.templates().stream()
                .flatMap(template -> Restricted.containers(spec(template)))
                .map(V1Container::getImage))
        .allMatch(image -> image.matches("[a-z.-]+(:5000)?/postal/postal-dnsbl-[a-z-]+:1\\.0\\.0"));
  }

  @Test
  void theExampleOfTheFolderIsThatOfMariaDb() {
    assertThat(Kubectl.kustomize(EXAMPLES).objects()).isEqualTo(example("mariadb").objects());
  }

  @Test
  void onOpenShiftOnlyTheServerStartsRuns() {
    assertThat(OPENSHIFT.cronJob().getSpec().getSuspend()).isTrue();
    assertThat(serve().getEnv()).anyMatch(env -> env.getName().equals("SERVE_SCHEDULE"));
    assertThat(example("mariadb").cronJob().getSpec().getSuspend()).isNull();
    assertThat(example("postgresql").cronJob().getSpec().getSuspend()).isNull();
    assertThat(example("postgresql").of(V1Deployment.class)).isEmpty();
  }

  private static V1Container serve() {
    return spec(OPENSHIFT.one(V1Deployment.class, SERVE).getSpec().getTemplate())
        .getContainers()
        .getFirst();
  }

  @Test
  void theRouteLeadsToTheServersPortAndLeavesTlsToIt() {
    Route route = OPENSHIFT.custom(Route.class);
    V1Service service = OPENSHIFT.one(V1Service.class, route.getSpec().getTo().getName());

    assertThat(route.getMetadata().getNamespace()).isEqualTo("postal");
    assertThat(route.getSpec().getTo().getKind()).isEqualTo("Service");
    assertThat(route.getSpec().getPort().getTargetPort().getStrVal())
        .isEqualTo(service.getSpec().getPorts().getFirst().getName());
    assertThat(route.getSpec().getTls().getTermination()).isEqualTo("passthrough");
  }

  @Test
  void theKeyThatTheServerReadsIsMountedAlone() {
    Path file =
        serve().getEnv().stream()
            .filter(env -> env.getName().equals("SERVE_KEYSTORE_FILE"))
            .map(env -> Path.of(Objects.requireNonNull(env.getValue())))
            .findFirst()
            .orElseThrow();
    V1PodSpec pod = spec(OPENSHIFT.one(V1Deployment.class, SERVE).getSpec().getTemplate());

    assertThat(serve().getVolumeMounts()).contains(readOnly("key", file));
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("key"))
        .extracting(V1Volume::getSecret)
        .singleElement()
        .satisfies(secret ->
            assertThat(secret.getItems())
                .extracting(item -> item.getKey() + " " + item.getPath())
                .containsExactly(file.getFileName() + " " + file.getFileName()))
        .extracting(V1SecretVolumeSource::getSecretName)
        .isEqualTo("dnsbl-serve-key");
  }

  @Test
  void prometheusScrapesTheServersPortAsAUserOfItsOwn() {
    ServiceMonitor monitor = OPENSHIFT.custom(ServiceMonitor.class);
    V1Service service = OPENSHIFT.one(V1Service.class, SERVE);
    Endpoint endpoint = monitor.getSpec().getEndpoints().getFirst();

    assertThat(monitor.getSpec().getEndpoints()).hasSize(1);
    assertThat(service.getMetadata().getLabels())
        .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
    assertThat(endpoint.getPort()).isEqualTo(service.getSpec().getPorts().getFirst().getName());
    assertThat(endpoint.getScheme()).isEqualTo("https");
    assertThat(endpoint.getTlsConfig().getServerName())
        .isEqualTo("%s.%s.svc".formatted(SERVE, service.getMetadata().getNamespace()));
    assertThat(endpoint.getTlsConfig().getInsecureSkipVerify()).isNull();
    assertThat(endpoint.getTlsConfig().getCa().getSecret().getName()).isEqualTo("dnsbl-serve-key");
    String secret = endpoint.getBasicAuth().getPassword().getName();
    assertThat(serve().getEnvFrom())
        .anyMatch(source ->
            source.getSecretRef() != null && secret.equals(source.getSecretRef().getName()));
    assertThat(endpoint.getBasicAuth().getUsername().getName()).isEqualTo(secret);
    assertThat(ProjectFiles.read(Path.of("kubernetes/serve/secret.yaml")))
        .contains(
            "# " + endpoint.getBasicAuth().getUsername().getKey() + ": monitor\n",
            "# " + endpoint.getBasicAuth().getPassword().getKey() + ": REPLACE-ME\n");
  }

  @Test
  void theAlertsAreInTheNamespaceOfTheMetrics() {
    for (String name : List.of("postgresql", "openshift")) {
      PrometheusRule rule = example(name).custom(PrometheusRule.class);

      assertThat(rule.getMetadata().getNamespace()).isEqualTo("postal");
      assertThat(rule.getSpec().getGroups().getFirst().getRules()).hasSize(8);
    }
  }
}
