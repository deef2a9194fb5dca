package dnsblmonitor.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs under way, for whoever ends the process. One run among several is stopped by {@code
 * JobOperator.stop}.
 */
@ApplicationScoped
public class ActiveRuns {

  private final Set<Run> runs = ConcurrentHashMap.newKeySet();
  private final Set<Run> closing = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable StopReason> asked = new AtomicReference<>();

  /** A stop that came while the run was being opened counts as well. */
  void begin(Run run) {
    runs.add(run);
    @Nullable StopReason reason = asked.get();
    if (reason != null) {
      run.stop(reason);
    }
  }

  /** The run comes to its last lines, which no stop changes any more. */
  void close(Run run) {
    closing.add(run);
    runs.remove(run);
  }

  /** All is said and given back. */
  void end(Run run) {
    runs.remove(run);
    closing.remove(run);
  }

  /**
   * Cancels what all runs wait for, also of those that begin from now on: the process is to end.
   * Their jobs end by themselves soon after. The first reason counts.
   */
  public void stop(StopReason reason) {
    asked.compareAndSet(null, reason);
    runs.forEach(run -> run.stop(reason));
  }

  /** Whether none is under way, not even its closing. */
  public boolean isEmpty() {
    return runs.isEmpty() && closing.isEmpty();
  }

  /** Whether one is past its deadline, and so should be ending. */
  public boolean isAnyPastDeadline() {
    return Stream.of(runs, closing)
        .flatMap(Set::stream)
        .map(Run::parts)
        .anyMatch(
            parts -> parts.clock().instant().isAfter(parts.startedAt().plus(parts.deadline())));
  }
}
