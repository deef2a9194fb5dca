package dnsblmonitor.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A class of {@code mvn -Pbrowser verify}. Where Chromium is not installed it is skipped and says
 * so, or fails with {@code -Dbrowser.required=true}.
 */
@Tag("browser")
@ExtendWith(NeedsBrowser.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsBrowser {

  /** Looks for it. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return RealServer.condition("browser.required", RealServer.CHROMIUM);
    }

    /** Where it is. */
    public static Path program() {
      return RealServer.CHROMIUM.program();
    }
  }
}
