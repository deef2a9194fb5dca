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
 * A class of {@code mvn -Pprometheus verify}. Where Prometheus, the Pushgateway or node_exporter is
 * not installed it is skipped and says so, or fails with {@code -Dprometheus.required=true}.
 */
@Tag("prometheus")
@ExtendWith(NeedsPrometheus.Condition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsPrometheus {

  /** Looks for the programs. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return RealServer.condition(
          "prometheus.required",
          RealServer.PROMETHEUS,
          RealServer.PUSHGATEWAY,
          RealServer.NODE_EXPORTER);
    }
  }
}
