package dnsblmonitor.testing;

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
 * A class of {@code mvn -Prollback verify}. Without {@code -Dfirst.release}, which names the
 * distribution of release 0.1.0, it is skipped and says so, or fails with {@code
 * -Drollback.required=true}.
 */
@Tag("rollback")
@ExtendWith(NeedsFirstRelease.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsFirstRelease {

  /** Looks whether the release was built. */
  final class Condition implements ExecutionCondition {

    private static final String MISSING =
        "no -Dfirst.release (.ci/first-release builds it from the project's history)";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Requirement.condition(
          System.getProperty("first.release", "").isEmpty()
              ? Optional.of(MISSING)
              : Optional.empty(),
          "rollback.required");
    }
  }
}
