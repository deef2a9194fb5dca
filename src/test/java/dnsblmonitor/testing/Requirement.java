package dnsblmonitor.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** What a class of tests needs of the machine. */
public final class Requirement {

  private Requirement() {}

  /**
   * Whether the class runs. If something is {@code missing} it is skipped and says so, or fails if
   * the system property {@code required} is true.
   */
  public static ConditionEvaluationResult condition(Optional<String> missing, String required) {
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("nothing is missing");
    }
    if (Boolean.getBoolean(required)) {
      throw new AssertionError(missing.get());
    }
    System.err.println("SKIPPED: " + missing.get());
    return ConditionEvaluationResult.disabled(missing.get());
  }
}
