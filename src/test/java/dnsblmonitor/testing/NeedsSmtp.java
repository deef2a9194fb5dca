package dnsblmonitor.testing;

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
 * A class of {@code mvn -Psmtp verify}. Where Exim is not installed, or cannot run because this
 * user is not root, it is skipped and says so, or fails with {@code -Dsmtp.required=true}.
 */
@Tag("smtp")
@ExtendWith(NeedsSmtp.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsSmtp {

  /** Looks for the server. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      boolean required = Boolean.getBoolean("smtp.required");
      if (!System.getProperty("user.name").equals("root")) {
        String reason = "Exim delivers mail only as root";
        if (required) {
          throw new AssertionError(reason);
        }
        System.err.println("SKIPPED: " + reason);
        return ConditionEvaluationResult.disabled(reason);
      }
      return RealServer.condition(required, RealServer.EXIM);
    }
  }
}
