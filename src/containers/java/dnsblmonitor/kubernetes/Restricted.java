package dnsblmonitor.kubernetes;

import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod of this project does against Kubernetes' Pod Security Standard "restricted", and
 * against what goes beyond it here: read-only roots and no token of a service account. Pod-wide
 * settings that a container may take back are looked for there, too.
 */
final class Restricted {

  private final V1PodSpec pod;
  private final List<String> violations = new ArrayList<>();

  private Restricted(V1PodSpec pod) {
    this.pod = pod;
  }

  /** Empty for a pod that is restricted. */
  static List<String> violations(V1PodSpec pod) {
    Restricted restricted = new Restricted(pod);
    restricted.lookAtPod();
    containers(pod).forEach(restricted::lookAt);
    return List.copyOf(restricted.violations);
  }

  static Stream<V1Container> containers(V1PodSpec pod) {
    return Stream.concat(
        Optional.ofNullable(pod.getInitContainers()).orElse(List.of()).stream(),
        pod.getContainers().stream());
  }

  private void demand(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }

  private void lookAtPod() {
    V1PodSecurityContext context =
        Optional.ofNullable(pod.getSecurityContext()).orElseGet(V1PodSecurityContext::new);
    demand(Boolean.TRUE.equals(context.getRunAsNonRoot()), "pod: runAsNonRoot");
    // OpenShift refuses any but one of its own (restricted-v2); the image's is numeric
    demand(context.getRunAsUser() == null, "pod: runAsUser");
    demand(context.getRunAsGroup() == null, "pod: runAsGroup");
    demand(isDefault(context.getSeccompProfile()), "pod: seccompProfile");
    demand(!Boolean.TRUE.equals(pod.getHostNetwork()), "pod: hostNetwork");
    demand(!Boolean.TRUE.equals(pod.getHostPID()), "pod: hostPID");
    demand(!Boolean.TRUE.equals(pod.getHostIPC()), "pod: hostIPC");
    demand(
        Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()),
        "pod: automountServiceAccountToken");
    for (V1Volume volume : Optional.ofNullable(pod.getVolumes()).orElse(List.of())) {
      demand(
          volume.getEmptyDir() != null
              || volume.getConfigMap() != null
              || volume.getSecret() != null,
          "volume %s: its kind".formatted(volume.getName()));
    }
  }

  private static boolean isDefault(@Nullable V1SeccompProfile profile) {
    return profile != null && "RuntimeDefault".equals(profile.getType());
  }

  private void lookAt(V1Container container) {
    V1SecurityContext context =
        Optional.ofNullable(container.getSecurityContext()).orElseGet(V1SecurityContext::new);
    V1Capabilities capabilities =
        Optional.ofNullable(context.getCapabilities()).orElseGet(V1Capabilities::new);
    String name = container.getName() + ": ";
    demand(
        Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
        name + "allowPrivilegeEscalation");
    demand(
        Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()), name + "readOnlyRootFilesystem");
    demand(List.of("ALL").equals(capabilities.getDrop()), name + "capabilities.drop");
    demand(
        Optional.ofNullable(capabilities.getAdd()).orElse(List.of()).isEmpty(),
        name + "capabilities.add");
    demand(!Boolean.TRUE.equals(context.getPrivileged()), name + "privileged");
    demand(!Boolean.FALSE.equals(context.getRunAsNonRoot()), name + "runAsNonRoot");
    demand(context.getRunAsUser() == null, name + "runAsUser");
    demand(
        context.getSeccompProfile() == null || isDefault(context.getSeccompProfile()),
        name + "seccompProfile");
  }
}
