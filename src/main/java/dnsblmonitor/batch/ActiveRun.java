package dnsblmonitor.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The run under way, for those who must stop it from another thread. */
@ApplicationScoped
public class ActiveRun {

  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
  private final AtomicReference<@Nullable StopReason> asked = new AtomicReference<>();

  /** A stop that came while the run was being opened counts as well. */
  void begin(Run run) {
    current.set(run);
    @Nullable StopReason reason = asked.get();
    if (reason != null) {
      run.stop(reason);
    }
  }

  void end(Run run) {
    current.compareAndSet(run, null);
    asked.set(null);
  }

  /** Cancels the run's waits, if there is one; its job ends by itself soon after. */
  public void stop(StopReason reason) {
    asked.compareAndSet(null, reason);
    @Nullable Run run = current.get();
    if (run != null) {
      run.stop(reason);
    }
  }
}
