package dnsblmonitor.containers;

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
import org.testcontainers.DockerClientFactory;

/**
 * A class of {@code mvn -Pcontainers verify} that wants a container engine. Where none answers it
 * is skipped and says so, or fails with {@code -Dcontainers.required=true}.
 */
@Tag("containers")
@ExtendWith(NeedsEngine.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsEngine {

  /** Looks for the engine. */
  final class Condition implements ExecutionCondition {

    private static final String MISSING =
        "no container engine answers (as root, on Debian: .ci/engine starts one)";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Requirement.condition(
          DockerClientFactory.instance().isDockerAvailable()
              ? Optional.empty()
              : Optional.of(MISSING),
          "containers.required");
    }
  }
}
