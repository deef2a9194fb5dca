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

    private static final String REQUIRED = "smtp.required";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return System.getProperty("user.name").equals("root")
          ? RealServer.condition(REQUIRED, RealServer.EXIM)
          : Requirement.condition(Optional.of("Exim delivers mail only as root"), REQUIRED);
    }
  }
}
