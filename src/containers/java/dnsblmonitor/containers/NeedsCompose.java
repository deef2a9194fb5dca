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

/**
 * A class of {@code mvn -Pcontainers verify} that requires docker-compose. If there is none it is
 * skipped and says so, or fails with {@code -Dcontainers.required=true}.
 */
@Tag("containers")
@ExtendWith(NeedsCompose.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface NeedsCompose {

  /** Looks for it. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Requirement.condition(
          ComposeProject.isPossible()
              ? Optional.empty()
              : Optional.of(
                  "'%s' is no docker-compose (apt-get install docker-compose)"
                      .formatted(ComposeProject.PROGRAM)),
          "containers.required");
    }
  }
}
