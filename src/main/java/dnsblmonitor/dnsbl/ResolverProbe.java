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
 * Whether any resolver answers, asked for the root's name servers: of that, unlike of a zone, it
 * knows without asking anybody. An error is an answer as well.
 */
public final class ResolverProbe {

  private final Loop loop = new Loop("resolver-probe", this::tick, this::end);
  private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
  private final Resolvers resolvers;
  private @Nullable Question question;

  private ResolverProbe(DnsSettings settings) {
    this.resolvers = Resolvers.of(settings, loop);
  }

  /** Waits for an answer, {@code patience} at most; lost packets are sent again within that. */
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
