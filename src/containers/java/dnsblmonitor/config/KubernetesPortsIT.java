package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.kubernetes.Kubectl;
import dnsblmonitor.kubernetes.Manifests;
import dnsblmonitor.kubernetes.NeedsKubectl;
import dnsblmonitor.testing.TestAuthority;
import io.fabric8.openshift.api.model.Route;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ports that the NetworkPolicies of a folder allow, compared with those that its settings need:
 * each variable is read as the program reads it.
 */
@NeedsKubectl
class KubernetesPortsIT {

  /** What {@code kubernetes/networkpolicy.yaml} allows whether it is needed or not. */
  private static final Set<String> ALWAYS =
      Set.of("to UDP 53", "to TCP 53", "to TCP 443", "to TCP 3306", "to TCP 5432");

  private static final Path MARIADB = Path.of("examples/kubernetes/mariadb");
  private static final TestAuthority AUTHORITY = TestAuthority.create();

  private static final Map<String, String> SERVE =
      Map.of("SERVE_ADMIN_PASSWORD", "a long password");

  @ParameterizedTest
  @CsvSource({
    "kubernetes, mariadb",
    "kubernetes, postgresql",
    "examples/kubernetes/mariadb, mariadb",
    "examples/kubernetes/postgresql, postgresql",
    "examples/kubernetes/openshift, mariadb"
  })
  void thePoliciesOfEachFolderAllowWhatItsSettingsNeedAndNoMore(Path folder, String secret) {
    Map<String, String> variables = secret(secret);
    if (folder.equals(Path.of("kubernetes"))) {
      variables.replaceAll((_, value) -> value.replaceAll(":25060", ""));
      List.of("METRICS_PUSH_URL", "SMTP_URL").forEach(variables::remove);
      Kubectl.kustomize(MARIADB)
          .settings()
          .forEach((name, value) -> {
            if (name.startsWith("JIRA_") || name.equals("DNSBL_ZONES")) {
              variables.put(name, value);
            }
          });
    }

    assertThat(differences(Kubectl.kustomize(folder), variables)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DB_URL | mariadb://a:b@db.example.com:25060/postal | to TCP 25060",
        "DB_URL | postgresql://a:b@a.example.com:5432,b.example.com:6432/postal | to TCP 6432",
        "HISTORY_DB_URL | postgresql://a:b@db.example.com:6432/postal | to TCP 6432",
        "SERVE_JOBS_DB_URL | mariadb://a:b@db.example.com:6033/jobs | to TCP 6033",
        "DNS_RESOLVERS | 192.0.2.53:5300 | to TCP 5300,to UDP 5300",
        "JIRA_SERVER | https://jira.example.com:8443 | to TCP 8443",
        "METRICS_PUSH_URL | https://pushgateway.example.com:9091 | to TCP 9091",
        "NOTIFY_WEBHOOK_URL | https://hooks.example.com:8444/x | to TCP 8444",
        "NOTIFY_SLACK_URL | https://chat.example.com:8445/x | to TCP 8445",
        "SMTP_URL | smtp://smtp.example.com | to TCP 587",
        "SMTP_URL | smtps://smtp.example.com | to TCP 465",
        "HTTPS_PROXY | http://proxy.example.com:3128 | to TCP 3128"
      })
  void aPortThatASettingNeedsAndNoPolicyAllowsIsFound(String name, String value, String ports) {
    Map<String, String> variables = secret("mariadb");
    variables.put(name, value);
    if (name.equals("SMTP_URL")) {
      variables.put("NOTIFY_MAIL_TO", "ops@example.com");
      variables.put("NOTIFY_MAIL_FROM", "ops@example.com");
    }

    assertThat(differences(Kubectl.kustomize(MARIADB), variables))
        .containsExactlyElementsOf(
            Arrays.stream(ports.split(",")).map("missing: "::concat).toList());
  }

  @Test
  void aPortThatIsAllowedAndThatNoSettingNeedsIsFound() {
    Manifests postgresql = Kubectl.kustomize(Path.of("examples/kubernetes/postgresql"));

    Map<String, String> less = secret("mariadb");
    less.putAll(Map.of("NOTIFY_MAIL_TO", "", "NOTIFY_MAIL_FROM", ""));

    assertThat(differences(postgresql, less))
        .containsExactly(
            "not needed: to TCP 25060", "not needed: to TCP 587", "not needed: to TCP 9091");
  }

  @Test
  void aPortThatIsNotThatOfTheServerIsFound() {
    Map<String, String> variables = secret("mariadb");
    variables.put("SERVE_HTTPS_PORT", "8443");

    assertThat(differences(Kubectl.kustomize(MARIADB), variables))
        .containsExactly(
            "missing: from TCP 8443",
            "not SERVE_HTTPS_PORT: Service 9443",
            "not SERVE_HTTPS_PORT: container 9443",
            "not SERVE_HTTPS_PORT: probe 9443",
            "not needed: from TCP 9443");
  }

  @Test
  void aPolicyThatAllowsTooLittleOrTooMuchIsFound() {
    assertThat(differencesAfter(policy -> policy.getSpec().getEgress().removeFirst()))
        .containsExactly("missing: to TCP 53", "missing: to UDP 53");
    assertThat(differencesAfter(policy -> policy.getSpec().getEgress().getFirst().ports(null)))
        .contains("not needed: to any port");
    assertThat(
            differencesAfter(policy ->
                policy.getSpec().getEgress().getFirst().getPorts().getFirst().endPort(99)))
        .contains("not needed: to UDP 53-99");
    assertThat(differencesAfter(policy -> policy.getSpec().setPolicyTypes(List.of("Ingress"))))
        .contains("not needed: to any port");
    assertThat(
            differencesAfter(
                policy -> policy.getSpec().getPodSelector().putMatchLabelsItem("app", "another")))
        .contains("not needed: to any port", "not needed: from any port");
  }

  private static SortedSet<String> differencesAfter(Consumer<V1NetworkPolicy> change) {
    Manifests built = Kubectl.kustomize(MARIADB);
    change.accept(built.one(V1NetworkPolicy.class, "postal-dnsbl-monitor"));
    return differences(built, secret("mariadb"));
  }

  /** {@code missing: } what a pod needs, and {@code not needed: } what a pod is allowed. */
  private static SortedSet<String> differences(Manifests built, Map<String, String> secret) {
    ServeSettings settings = read(built, secret);
    SortedSet<String> differences = new TreeSet<>();
    built
        .of(V1Deployment.class)
        .flatMap(deployment -> listening(built, deployment))
        .filter(port -> !port.endsWith(" " + settings.httpsPort()))
        .forEach(port -> differences.add("not SERVE_HTTPS_PORT: " + port));
    Set<String> needed = needed(built, settings);
    for (V1PodTemplateSpec pod : built.templates()) {
      boolean serves = labels(pod).containsValue("serve");
      Set<String> ofThisPod =
          needed.stream()
              .filter(port -> serves || port.startsWith("to "))
              .collect(Collectors.toSet());
      Set<String> allowed = allowed(built, pod);
      ofThisPod.stream()
          .filter(port -> !allowed.contains(port))
          .forEach(port -> differences.add("missing: " + port));
      allowed.stream()
          .filter(port -> !ofThisPod.contains(port) && !ALWAYS.contains(port))
          .forEach(port -> differences.add("not needed: " + port));
    }
    return differences;
  }

  private static Map<String, String> labels(V1PodTemplateSpec pod) {
    return Objects.requireNonNull(pod.getMetadata().getLabels());
  }

  /** Of the policies that select the pod; without one for a direction, everything. */
  private static Set<String> allowed(Manifests built, V1PodTemplateSpec pod) {
    List<V1NetworkPolicy> policies =
        built
            .of(V1NetworkPolicy.class)
            .filter(policy ->
                labels(pod)
                    .entrySet()
                    .containsAll(policy.getSpec().getPodSelector().getMatchLabels().entrySet()))
            .toList();
    Set<String> allowed = new TreeSet<>();
    for (String direction : List.of("Egress", "Ingress")) {
      String preposition = direction.equals("Egress") ? "to " : "from ";
      List<V1NetworkPolicy> isolating =
          policies.stream()
              .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
              .toList();
      if (isolating.isEmpty()) {
        allowed.add(preposition + "any port");
      }
      isolating.stream()
          .flatMap(policy ->
              direction.equals("Egress")
                  ? list(policy.getSpec().getEgress()).map(rule -> rule.getPorts())
                  : list(policy.getSpec().getIngress()).map(rule -> rule.getPorts()))
          .flatMap(ports ->
              ports == null || ports.isEmpty()
                  ? Stream.of("any port")
                  : ports.stream().map(KubernetesPortsIT::shown))
          .forEach(port -> allowed.add(preposition + port));
    }
    return allowed;
  }

  private static <T> Stream<T> list(@Nullable List<T> list) {
    return Optional.ofNullable(list).orElse(List.of()).stream();
  }

  private static String shown(V1NetworkPolicyPort port) {
    return "%s %s%s"
        .formatted(
            port.getProtocol(),
            port.getPort(),
            port.getEndPort() == null ? "" : "-" + port.getEndPort());
  }

  /** {@code to} and {@code from} a port, as the program's own classes read the variables. */
  private static Set<String> needed(Manifests built, ServeSettings serve) {
    Set<String> needed = new TreeSet<>();
    tcpAndUdp(needed, 53); // the cluster's DNS, which finds the servers' names
    if (built.objects().stream().anyMatch(it -> Route.class.getSimpleName().equals(it.getKind()))) {
      tcpAndUdp(needed, 5353);
    }
    Settings settings = serve.monitor();
    Stream<String> databases =
        Stream.of(
                Optional.of(settings.database().jdbcUrl()),
                settings.history().map(history -> history.database().jdbcUrl()),
                serve.jobs().map(jobs -> jobs.jdbcUrl()))
            .flatMap(Optional::stream);
    databases.flatMap(KubernetesPortsIT::ports).forEach(port -> needed.add("to TCP " + port));
    settings.dns().resolvers().stream()
        .filter(resolver -> !resolver.getAddress().isLoopbackAddress())
        .forEach(resolver -> tcpAndUdp(needed, resolver.getPort()));
    settings.jira().ifPresent(jira -> needed.add(https(jira.server(), jira.proxy())));
    Stream.of(
            settings.metrics().flatMap(metrics -> metrics.push()),
            settings.notifications().flatMap(it -> it.webhook()).map(webhook -> webhook.endpoint()),
            settings.notifications().flatMap(it -> it.chat()))
        .flatMap(Optional<HttpEndpoint>::stream)
        .forEach(endpoint -> needed.add(https(endpoint.url(), endpoint.proxy())));
    settings
        .notifications()
        .flatMap(it -> it.mail())
        .ifPresent(mail -> needed.add("to TCP " + mail.port()));
    if (built.of(V1Deployment.class).findAny().isPresent()) {
      needed.add("from TCP " + serve.httpsPort());
    }
    return needed;
  }

  /** Where the server is reached: its container's port, and those of its probes and its Service. */
  private static Stream<String> listening(Manifests built, V1Deployment deployment) {
    V1Container container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    Map<String, Integer> named = new TreeMap<>();
    container.getPorts().forEach(port -> named.put(port.getName(), port.getContainerPort()));
    return Stream.of(
            named.values().stream().map(port -> "container " + port),
            Stream.of(
                    container.getStartupProbe(),
                    container.getReadinessProbe(),
                    container.getLivenessProbe())
                .map(probe -> "probe " + number(probe.getHttpGet().getPort(), named)),
            built
                .of(V1Service.class)
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(port -> "Service " + number(port.getTargetPort(), named)))
        .flatMap(ports -> ports);
  }

  private static int number(IntOrString port, Map<String, Integer> named) {
    return port.isInteger()
        ? port.getIntValue()
        : Objects.requireNonNull(named.get(port.getStrValue()), port.getStrValue());
  }

  private static void tcpAndUdp(Set<String> needed, int port) {
    needed.add("to TCP " + port);
    needed.add("to UDP " + port);
  }

  private static String https(URI url, Optional<InetSocketAddress> proxy) {
    return "to TCP "
        + proxy.map(InetSocketAddress::getPort).orElse(url.getPort() == -1 ? 443 : url.getPort());
  }

  private static Stream<Integer> ports(String jdbcUrl) {
    int usual = jdbcUrl.startsWith("jdbc:mariadb:") ? 3306 : 5432;
    String hosts = jdbcUrl.replaceFirst("^.*?//", "").replaceFirst("/.*$", "");
    return Arrays.stream(hosts.split(","))
        .map(host ->
            host.matches(".*:\\d+") ? Integer.parseInt(host.replaceFirst(".*:", "")) : usual);
  }

  /** The ConfigMap, what is set in the pod's own environment, and the Secrets. */
  private static ServeSettings read(Manifests built, Map<String, String> secret) {
    Map<String, String> variables = built.variables();
    variables.putAll(SERVE);
    variables.putAll(secret);
    variables.computeIfPresent(
        "TLS_CA_FILE", (_, file) -> file.isEmpty() ? "" : AUTHORITY.pem().toString());
    return KubernetesVariablesIT.readForServe(variables);
  }

  /** Of an example, filled in. */
  private static Map<String, String> secret(String example) {
    Map<String, String> secret =
        new TreeMap<>(
            Manifests.read(Path.of("examples/kubernetes", example, "secret.yaml"))
                .one(V1Secret.class, "dnsbl-secrets")
                .getStringData());
    secret.replaceAll((_, value) -> value.equals(Variables.PLACEHOLDER) ? "canary" : value);
    return secret;
  }
}
