package dnsblmonitor.kubernetes;

import dnsblmonitor.testing.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A class of {@code mvn -Pcontainers verify} that wants a kubectl. Where there is none that can
 * build components it is skipped and says so, or fails with {@code -Dcontainers.required=true}.
 */
@Tag("containers")
@ExtendWith(NeedsKubectl.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsKubectl {

  /** Looks for it. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Requirement.condition(
          Kubectl.kustomizeVersion().startsWith("v5.")
              ? Optional.empty()
              : Optional.of(
                  "'%s' is no kubectl with Kustomize 5 (.ci/kubectl fetches one)"
                      .formatted(Kubectl.NAME)),
          "containers.required");
    }
  }
}
