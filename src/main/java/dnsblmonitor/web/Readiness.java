package dnsblmonitor.web;

import dnsblmonitor.config.Environment;
import dnsblmonitor.config.Settings;
import dnsblmonitor.dnsbl.ResolverProbe;
import dnsblmonitor.postal.DatabaseProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether a run could be made now: the database takes a login, a resolver answers. Says no more
 * than that, since anybody may ask. Jira does not count: rows are throttled without it.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {

  /** So that a probe, however often it comes, costs a login and a question at most this often. */
  private static final Duration KEPT_FOR = Duration.ofSeconds(5);

  /** One that takes longer is as good as none. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PartyCheck database;
  private final PartyCheck resolver;

  @Inject
  Readiness(Environment environment) {
    Settings settings = environment.settings();
    database =
        new PartyCheck(
            () -> DatabaseProbe.answers(settings.database()), KEPT_FOR, Clock.systemUTC());
    resolver =
        new PartyCheck(
            () -> ResolverProbe.answers(settings.dns(), PATIENCE), KEPT_FOR, Clock.systemUTC());
  }

  @Override
  public HealthCheckResponse call() {
    CompletableFuture<Boolean> askedDatabase = within(database);
    CompletableFuture<Boolean> askedResolver = within(resolver);
    boolean isDatabaseReached = askedDatabase.join();
    boolean isResolverReached = askedResolver.join();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("postal-dnsbl-monitor")
            .withData("database", word(isDatabaseReached))
            .withData("resolver", word(isResolverReached));
    return (isDatabaseReached && isResolverReached ? response.up() : response.down()).build();
  }

  private static CompletableFuture<Boolean> within(PartyCheck check) {
    return check.isReached().completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String word(boolean reached) {
    return reached ? "reached" : "not reached";
  }
}
