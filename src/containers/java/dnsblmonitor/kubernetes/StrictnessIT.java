package dnsblmonitor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held against the pod, and that each mistake and each laxity would be found. */
@NeedsKubectl
class StrictnessIT {

  private static final Path CRON_JOB = Path.of("kubernetes/cronjob.yaml");

  @ParameterizedTest
  @CsvSource({
    "schedule:, schedul:",
    "restartPolicy: Never, restartPolicy: 7",
    "name: monitor, nam: monitor",
    "runAsNonRoot:, runAsNoneRoot:",
    "terminationGracePeriodSeconds:, terminationGracePeriod:",
    "image: postal-dnsbl-monitor, image: [postal]",
    "kind: CronJob, kind: Crontab",
    "status: \"True\", status: true"
  })
  void theLoaderRefusesWhatTheApiWouldNotKnow(String text, String mistake) throws IOException {
    String cronJob = Files.readString(CRON_JOB);

    assertThat(Manifests.parse(cronJob).objects()).hasSize(1);
    assertThat(cronJob).contains(text);
    assertThatThrownBy(() -> Manifests.parse(cronJob.replace(text, mistake)))
        .isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "openshift/route, termination: passthrough, terminaton: passthrough",
    "openshift/route, termination: passthrough, termination: 7",
    "openshift/route, targetPort: https, targetPort: [https]",
    "openshift/route, name: postal-dnsbl-serve, name: true",
    "openshift/route, route.openshift.io/v1, route.openshift.io/v2",
    "scrape/servicemonitor, interval: 60s, interval: 60",
    "scrape/servicemonitor, interval: 60s, intervall: 60s",
    "scrape/servicemonitor, basicAuth:, basicauth:",
    "scrape/servicemonitor, scheme: https, port: https",
    "scrape/servicemonitor, key: ca.crt, kei: ca.crt",
    "alerts/prometheusrule, for: 5m, for: 5",
    "alerts/prometheusrule, keep_firing_for:, keepFiringFor:",
    "alerts/prometheusrule, expr: |, expression: |"
  })
  void norWhatOpenShiftOrThePrometheusOperatorWouldNotKnow(String file, String text, String mistake)
      throws IOException {
    String object = Files.readString(Path.of("kubernetes", file + ".yaml"));

    assertThat(Manifests.parse(object).objects()).hasSize(1);
    assertThat(object).contains(text);
    assertThatThrownBy(() -> Manifests.parse(object.replace(text, mistake)))
        .isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runAsNonRoot: true -> runAsNonRoot: false",
        "runAsNonRoot: true -> runAsUser: 1000",
        "seccompProfile: -> runAsGroup: 1000\n            seccompProfile:",
        "type: RuntimeDefault -> type: Unconfined",
        "enableServiceLinks: false -> hostNetwork: true",
        "automountServiceAccountToken: false -> automountServiceAccountToken: true",
        "emptyDir: -> hostPath: {path: /}",
        "allowPrivilegeEscalation: false -> privileged: true",
        "readOnlyRootFilesystem: true -> readOnlyRootFilesystem: false",
        "drop: -> add:",
        "- ALL -> - NET_RAW",
        "readOnlyRootFilesystem: true -> runAsUser: 0",
      })
  void anythingLessThanRestrictedIsFound(String change) throws IOException {
    String[] texts = change.split(" -> ", -1);
    String loosened =
        Files.readString(CRON_JOB)
            .replaceFirst(texts[0], texts[1])
            .replaceFirst("\n +sizeLimit: .*", "");

    assertThat(Restricted.violations(Manifests.parse(loosened).pod())).isNotEmpty();
  }
}
