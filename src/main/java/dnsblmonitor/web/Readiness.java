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
 * Whether a run could be made now: the database takes a login, a resolver answers, and so does the
 * job repository where it is in a database. Says no more than that, since anybody may ask. Jira
 * does not count: rows are throttled without it.
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
    Map<String, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
    asked.put("database", within(database));
    asked.put("resolver", within(resolver));
    jobs.ifPresent(check -> asked.put("jobs", within(check)));
    HealthCheckResponseBuilder response = HealthCheckResponse.named("postal-dnsbl-monitor");
    asked.forEach((party, reached) -> response.withData(party, word(reached.join())));
    return response.status(asked.values().stream().allMatch(CompletableFuture::join)).build();
  }

  private static CompletableFuture<Boolean> within(PartyCheck check) {
    return check.isReached().completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String word(boolean reached) {
    return reached ? "reached" : "not reached";
  }
}
