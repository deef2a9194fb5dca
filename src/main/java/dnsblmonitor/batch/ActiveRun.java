package dnsblmonitor.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The run under way, for those who must stop it from another thread. */
@ApplicationScoped
public class ActiveRun {

  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

  void begin(Run run) {
    current.set(run);
  }

  void end(Run run) {
    current.compareAndSet(run, null);
  }

  /** Cancels the run's waits, if there is one; its job ends by itself soon after. */
  public void stop(StopReason reason) {
    @Nullable Run run = current.get();
    if (run != null) {
      run.stop(reason);
    }
  }
}
