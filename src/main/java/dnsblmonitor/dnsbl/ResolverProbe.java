package dnsblmonitor.dnsbl;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Checks whether any resolver answers a query for the root name servers, which it knows without
 * querying another server. An error counts as an answer.
 */
public final class ResolverProbe {

  private final Loop loop = new Loop("resolver-probe", this::tick, this::end);
  private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
  private final Resolvers resolvers;
  private @Nullable Question question;

  private ResolverProbe(DnsSettings settings) {
    this.resolvers = Resolvers.of(settings, loop);
  }

  /** Waits for an answer for {@code patience} at most; lost packets are resent meanwhile. */
  public static boolean answers(DnsSettings settings, Duration patience) {
    ResolverProbe probe = new ResolverProbe(settings);
    probe.loop.start();
    try {
      probe.loop.execute(() -> probe.ask(patience));
      return probe
          .answered
          .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } finally {
      probe.loop.close();
    }
  }

  private void ask(Duration patience) {
    question =
        new Question(
            Record.newRecord(Name.root, Type.NS, DClass.IN),
            resolvers,
            new RoundTrip(patience),
            loop,
            System.nanoTime() + patience.toNanos(),
            outcome -> answered.complete(outcome instanceof Outcome.Answer));
    question.ask();
  }

  private boolean tick(long nowNanos) {
    resolvers.tick(nowNanos);
    if (question != null) {
      question.tick(nowNanos);
    }
    return !answered.isDone() || resolvers.isBusy();
  }

  private void end(Optional<Throwable> failure) {
    answered.complete(false);
    resolvers.close();
  }
}
