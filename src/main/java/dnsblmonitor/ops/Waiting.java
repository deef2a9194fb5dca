package dnsblmonitor.ops;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reports what the command is waiting for if that takes long. */
final class Waiting {

  private final Executor afterPatience;
  private final Consumer<String> tell;

  Waiting(Duration patience, Consumer<String> tell) {
    this.afterPatience =
        CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS);
    this.tell = tell;
  }

  /** Returns the result of {@code work}. */
  <T> T during(String what, Supplier<T> work) {
    AtomicBoolean over = new AtomicBoolean();
    afterPatience.execute(() -> {
      if (!over.get()) {
        tell.accept("still waiting for " + what);
      }
    });
    try {
      return work.get();
    } finally {
      over.set(true);
    }
  }
}
