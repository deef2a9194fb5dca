package dnsblmonitor.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
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
      if (ComposeProject.isPossible()) {
        return ConditionEvaluationResult.enabled("docker-compose is there");
      }
      String missing =
          "'%s' is no docker-compose (apt-get install docker-compose)"
              .formatted(ComposeProject.PROGRAM);
      if (Boolean.getBoolean("containers.required")) {
        throw new AssertionError(missing);
      }
      System.err.println("SKIPPED: " + missing);
      return ConditionEvaluationResult.disabled(missing);
    }
  }
}
