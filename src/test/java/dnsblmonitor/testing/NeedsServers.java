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
 * A class of {@code mvn -Preal-dns verify}. Where one of its servers is not installed it is skipped
 * and says so, or fails with {@code -Dreal-dns.required=true}.
 */
@Tag("real-dns")
@ExtendWith(NeedsServers.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsServers {

  RealServer[] value();

  /** Looks for the servers. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      NeedsServers needs = context.getRequiredTestClass().getAnnotation(NeedsServers.class);
      return RealServer.condition("real-dns.required", needs.value());
    }
  }
}
