package dnsblmonitor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.DocsPage;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder {@code kubernetes/commands}: templates of Jobs, which people start. */
@NeedsKubectl
class KubernetesCommandsIT {

  private static final Path FOLDER = Path.of("kubernetes/commands");
  private static final Manifests BUILT = Kubectl.kustomize(FOLDER);
  private static final Manifests BASE = Kubectl.kustomize(Path.of("kubernetes"));
  private static final Manifests EXAMPLE = Kubectl.kustomize(Path.of("examples/kubernetes"));

  /** What a line of the docs sets for one Job. */
  private static final Pattern SET_ENV =
      Pattern.compile("create job (\\w+) .* \\| kubectl set env --local -f - (.*) -o yaml \\|");

  @TempDir Path folder = Path.of("set by JUnit");

  private static V1CronJob command(Manifests built, String name) {
    return built.one(V1CronJob.class, "postal-dnsbl-" + name);
  }

  private static V1JobSpec job(Manifests built, String name) {
    return Objects.requireNonNull(command(built, name).getSpec().getJobTemplate().getSpec());
  }

  private static V1PodSpec pod(Manifests built, String name) {
    return Objects.requireNonNull(Manifests.template(command(built, name)).getSpec());
  }

  private static V1Container container(Manifests built, String name) {
    return pod(built, name).getContainers().getFirst();
  }

  private static List<String> sources(String name) {
    return container(BUILT, name).getEnvFrom().stream().map(Manifests::name).toList();
  }

  @Test
  void anApplyBringsTemplatesThatNeverStartByThemselves() {
    assertThat(BUILT.objects())
        .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "CronJob postal-dnsbl-check",
            "CronJob postal-dnsbl-migrate",
            "CronJob postal-dnsbl-notify-test",
            "CronJob postal-dnsbl-restore");
    assertThat(Stream.of(BUILT, EXAMPLE).flatMap(built -> built.of(V1CronJob.class)))
        .filteredOn(job -> !job.getMetadata().getName().equals("postal-dnsbl-monitor"))
        .hasSize(8)
        .allSatisfy(job -> {
          assertThat(job.getMetadata().getNamespace()).isEqualTo("postal");
          assertThat(job.getSpec().getSuspend()).isTrue();
          assertThat(job.getSpec().getSchedule()).as("February 31").isEqualTo("0 0 31 2 *");
        });
    assertThat(BASE.cronJob().getSpec().getSuspend()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "migrate", "notify-test", "restore"})
  void aCommandsPodIsThatOfARunButForItsCommandVariablesAndLabel(String name) {
    V1Container container = container(BUILT, name);
    assertThat(container.getArgs()).containsExactly(name);
    assertThat(Manifests.template(command(BUILT, name)).getMetadata().getLabels())
        .isEqualTo(command(BUILT, name).getMetadata().getLabels())
        .isEqualTo(
            Map.of(
                "app.kubernetes.io/name",
                "postal-dnsbl-monitor",
                "app.kubernetes.io/component",
                name));
    V1PodSpec other =
        Objects.requireNonNull(
            JSON.getGson().fromJson(JSON.getGson().toJson(pod(BUILT, name)), V1PodSpec.class));
    other
        .getContainers()
        .getFirst()
        .args(BASE.pod().getContainers().getFirst().getArgs())
        .env(BASE.pod().getContainers().getFirst().getEnv())
        .envFrom(BASE.pod().getContainers().getFirst().getEnvFrom());

    assertThat(other).isEqualTo(BASE.pod());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "migrate", "notify-test", "restore"})
  void aCommandIsTriedOnceAndEnds(String name) {
    assertThat(job(BUILT, name).getBackoffLimit()).isZero();
    assertThat(job(BUILT, name).getActiveDeadlineSeconds()).isEqualTo(600);
    assertThat(job(BUILT, name).getTtlSecondsAfterFinished()).isEqualTo(86400);
  }

  @Test
  void onlyMigrateHasTheOwnersLoginsAndItHasNoOther() {
    Manifests secret = Manifests.read(FOLDER.resolve("secret.yaml"));

    assertThat(sources("migrate")).containsExactly("dnsbl-config", "dnsbl-owner-secrets");
    assertThat(sources("check")).containsExactly("dnsbl-config", "dnsbl-secrets");
    assertThat(sources("notify-test")).isEqualTo(sources("check"));
    assertThat(sources("restore")).isEqualTo(sources("check"));
    assertThat(secret.one(V1Secret.class, "dnsbl-owner-secrets").getStringData())
        .containsOnlyKeys("DB_URL");
  }

  @Test
  void migrateAndRestoreAreDryRunsUnlessOneJobIsToldOtherwise() {
    V1EnvVar dryRun = new V1EnvVar().name("DRY_RUN").value("true");

    for (Manifests built : List.of(BUILT, EXAMPLE)) {
      assertThat(container(built, "migrate").getEnv()).containsExactly(dryRun);
      assertThat(container(built, "restore").getEnv()).containsExactly(dryRun);
    }
  }

  @Test
  void onlyCheckNeedsTheComponentsResolver() {
    assertThat(pod(EXAMPLE, "check").getInitContainers())
        .hasSize(1)
        .isEqualTo(EXAMPLE.pod().getInitContainers());
    assertThat(container(EXAMPLE, "check").getEnv())
        .hasSize(1)
        .isEqualTo(EXAMPLE.pod().getContainers().getFirst().getEnv());
    assertThat(pod(EXAMPLE, "check").getVolumes()).isEqualTo(EXAMPLE.pod().getVolumes());
    assertThat(List.of("migrate", "notify-test", "restore"))
        .allSatisfy(name -> assertThat(pod(EXAMPLE, name).getInitContainers()).isNullOrEmpty());
  }

  /** With the real kubectl, but for the cluster that gives the Job. */
  @Test
  void theLinesOfTheDocsMakeRealJobsOfTheTemplates() throws IOException {
    List<MatchResult> lines =
        SET_ENV.matcher(DocsPage.of("docs/install-kubernetes.md").text()).results().toList();
    assertThat(lines)
        .extracting(line -> line.group(1))
        .containsExactly("migrate", "restore", "restore");

    for (MatchResult line : lines) {
      String name = line.group(1);
      List<String> variables = List.of(line.group(2).split(" "));
      V1Job job =
          new V1Job()
              .apiVersion("batch/v1")
              .kind("Job")
              .metadata(new V1ObjectMeta().name(name))
              .spec(job(BUILT, name));
      Path file = Files.writeString(folder.resolve(name + ".json"), JSON.getGson().toJson(job));

      V1Job changed = Kubectl.setEnv(file, variables).one(V1Job.class, name);

      V1Container container = changed.getSpec().getTemplate().getSpec().getContainers().getFirst();
      assertThat(container.getEnv())
          .extracting(variable -> variable.getName() + "=" + variable.getValue())
          .containsExactlyElementsOf(variables)
          .contains("DRY_RUN=false");
      assertThat(container.getArgs()).containsExactly(name);
    }
    assertThat(lines.getLast().group(2)).contains("RESTORE_IPS=203.0.113.7");
  }
}
