package dnsblmonitor.web;

import dnsblmonitor.config.Environment;
import dnsblmonitor.config.ServerEnvironment;
import dnsblmonitor.dnsbl.ResolverProbe;
import dnsblmonitor.jobs.JobsProbe;
import dnsblmonitor.postal.DatabaseCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether a run could start now: the database accepts a login, a resolver answers, and the job
 * repository's database, if any, is reachable. Reveals no more, since it needs no login. Jira does
 * not count, since rows are throttled without it.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {

  /** Limits how often probes cause a login and a query. */
  private static final Duration KEPT_FOR = Duration.ofSeconds(5);

  /** A check that takes longer counts as failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PartyCheck database;
  private final PartyCheck resolver;
  private final Optional<PartyCheck> jobs;

  @Inject
  Readiness(Environment environment, CurrentSettings settings) {
    database =
        new PartyCheck(
            () -> DatabaseCheck.answers(settings.get().database()), KEPT_FOR, Clock.systemUTC());
    resolver =
        new PartyCheck(
            () -> ResolverProbe.answers(settings.get().dns(), PATIENCE),
            KEPT_FOR,
            Clock.systemUTC());
    jobs =
        environment
            .text(ServerEnvironment.JOBS_JDBC_URL)
            .map(_ -> new PartyCheck(JobsProbe::answers, KEPT_FOR, Clock.systemUTC()));
  }

  @Override
  public HealthCheckResponse call() {
    Map<String, CompletableFuture<Boolean>> checks = new LinkedHashMap<>();
    checks.put("database", within(database));
    checks.put("resolver", within(resolver));
    jobs.ifPresent(check -> checks.put("jobs", within(check)));
    HealthCheckResponseBuilder response = HealthCheckResponse.named("postal-dnsbl-monitor");
    checks.forEach((party, reached) -> response.withData(party, word(reached.join())));
    return response.status(checks.values().stream().allMatch(CompletableFuture::join)).build();
  }

  private static CompletableFuture<Boolean> within(PartyCheck check) {
    return check.isReached().completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String word(boolean reached) {
    return reached ? "reached" : "not reached";
  }
}
