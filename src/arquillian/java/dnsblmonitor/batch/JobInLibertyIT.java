package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.arquillian.MonitorArchive;
import dnsblmonitor.arquillian.ServerSurroundings;
import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.World;
import jakarta.batch.api.Batchlet;
import jakarta.batch.api.chunk.ItemProcessor;
import jakarta.batch.api.chunk.ItemReader;
import jakarta.batch.api.chunk.ItemWriter;
import jakarta.batch.api.listener.JobListener;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.Metric.MetricType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The job with its reader, processor and writer in Liberty, beside a real PostgreSQL. The tests run
 * in the server too, and so do their DNSBL and their Jira.
 */
@Tag("arquillian")
@ExtendWith(ArquillianExtension.class)
class JobInLibertyIT {

  private static final String ZONE = "bl.example";

  @Inject @Any private Instance<Object> beans;

  private final Jobs jobs = new Jobs();
  private World world;
  private Addresses addresses;

  @Deployment
  static WebArchive monitor() {
    return MonitorArchive.withTests(
        JobInLibertyIT.class, Addresses.class, Jobs.class, Jobs.Ended.class);
  }

  @BeforeEach
  void open() {
    world = World.around(ServerSurroundings.handedOver(), ZONE);
    addresses = new Addresses(world, ZONE);
    world.environment().forEach(System::setProperty);
  }

  @AfterEach
  void close() {
    jobs.awaitEnds();
    addresses.mend();
    world.environment().keySet().forEach(System::clearProperty);
    world.close();
  }

  @Test
  void theArtifactsOfTheJobAreBeans() {
    assertThat(isBean(ItemReader.class, "ipAddressReader")).isTrue();
    assertThat(isBean(ItemProcessor.class, "dnsblCheckProcessor")).isTrue();
    assertThat(isBean(ItemWriter.class, "ipAddressWriter")).isTrue();
    assertThat(isBean(JobListener.class, "runListener")).isTrue();
    assertThat(isBean(Batchlet.class, "prepareBatchlet")).isTrue();
    assertThat(isBean(Batchlet.class, "ticketBatchlet")).isTrue();
  }

  private boolean isBean(Class<?> type, String name) {
    return beans.select(type, NamedLiteral.of(name)).isResolvable();
  }

  @Test
  void aJobReadsChecksAndWritesEveryRow() {
    addresses.insert(1, 5);
    world.dns().lists(ZONE, Addresses.address(2), "127.0.0.2", "spam");
    world.dns().lists(ZONE, Addresses.address(5), "127.0.0.4", "open proxy");

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(2));

    assertThat(ended.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(ended.exitStatus()).isEqualTo("0");
    assertThat(jobs.metric(MetricType.READ_COUNT, ended.execution())).isEqualTo(5);
    assertThat(jobs.metric(MetricType.WRITE_COUNT, ended.execution())).isEqualTo(5);
    addresses.assertClean(1, 3, 4);
    addresses.assertListed(2, 5);
    assertThat(world.database().writes()).isEqualTo(2);
    addresses.assertOneTicketEach(2, 5);
  }

  /**
   * The lookup ends after DNS_TIMEOUT, 2 s, and the transaction after 1 s: the server takes its
   * time-out from the job's XML; that it is long enough is tested with the bounds of RUN_DEADLINE.
   */
  @Test
  void aChunkThatOutlastsItsTransactionFails() {
    addresses.insert(1, 1);
    world.dns().zone(ZONE).delay(Duration.ofSeconds(4));

    Jobs.Ended whole = jobs.awaitEnd(jobs.start(Map.of()));
    Jobs.Ended brief = jobs.awaitEnd(jobs.startOther(MonitorArchive.BRIEF_JOB));

    assertThat(whole.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(brief.status()).isEqualTo(BatchStatus.FAILED);
  }

  @Test
  void aFailedChunkLeavesTheChunksBeforeItAndNoRowHalfWritten() {
    addresses.insert(1, 5);
    addresses.list(1, 5);
    addresses.refuseUpdatesOf(4);

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(2));

    assertThat(ended.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(ended.exitStatus()).isEqualTo("1");
    addresses.assertListed(1, 2);
    // each row is a transaction of its own: what the failed chunk wrote is whole
    addresses.assertListed(3);
    addresses.assertClean(4, 5);
    assertThat(world.database().writes()).isEqualTo(3);
    assertThat(world.jira().issues()).isEmpty();
  }

  @Test
  void aRestartGoesOnBehindTheCheckpoint() {
    addresses.insert(1, 5);
    addresses.list(1, 5);
    addresses.refuseUpdatesOf(4);
    Jobs.Ended failed = jobs.awaitEnd(jobs.start(2));
    addresses.mend();
    world.dns().forgetQuestions();

    Jobs.Ended restarted = jobs.awaitEnd(jobs.restart(failed.execution(), 2));

    assertThat(failed.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(restarted.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(restarted.exitStatus()).isEqualTo("0");
    assertThat(IntStream.rangeClosed(1, 5).filter(addresses::wasAskedFor)).containsExactly(3, 4, 5);
    assertThat(jobs.metric(MetricType.READ_COUNT, restarted.execution())).isEqualTo(3);
    addresses.assertListed(1, 2, 3, 4, 5);
    assertThat(world.database().writes()).isEqualTo(5);
    addresses.assertOneTicketEach(1, 2, 3, 4, 5);
  }

  /** R7b: a run that cannot check all begins at another row, goes to the end, and then wraps. */
  @Test
  void aRestartOfARunThatBeganElsewhereGoesOnBehindItsCheckpoint() {
    int rows = 40;
    addresses.insert(1, rows);
    set("DNS_ZONE_RATE", "1");
    set("RUN_DEADLINE", "PT40S");
    int first = Math.toIntExact(CheckingTime.firstId(1, rows, Instant.now()));
    int[] inOrder = IntStream.range(0, rows).map(n -> 1 + (first - 1 + n) % rows).toArray();
    addresses.list(inOrder[5], inOrder[5]);
    addresses.refuseUpdatesOf(inOrder[5]);
    Jobs.Ended failed = jobs.awaitEnd(jobs.start(4));
    int[] askedBefore = IntStream.rangeClosed(1, rows).filter(addresses::wasAskedFor).toArray();
    addresses.mend();
    world.dns().forgetQuestions();
    set("DNS_ZONE_RATE", "0");

    Jobs.Ended restarted = jobs.awaitEnd(jobs.restart(failed.execution(), 4));

    assertThat(failed.exitStatus()).isEqualTo("1");
    assertThat(askedBefore)
        .as("from row %d on", first)
        .containsExactlyInAnyOrder(Arrays.copyOf(inOrder, 8));
    assertThat(restarted.exitStatus()).isEqualTo("0");
    assertThat(IntStream.rangeClosed(1, rows).filter(addresses::wasAskedFor).toArray())
        .as("all behind the first chunk of four")
        .containsExactlyInAnyOrder(Arrays.copyOfRange(inOrder, 4, rows));
    addresses.assertListed(inOrder[5]);
  }

  private void set(String name, String value) {
    world.set(name, value);
    System.setProperty(name, value);
  }

  @Test
  void aRestartOfAFirstChunkBeginsAnew() {
    addresses.insert(1, 5);
    addresses.list(1, 5);
    world.database().execute("revoke update on postal.ip_addresses from monitor");
    Jobs.Ended failed = jobs.awaitEnd(jobs.start(2));
    int writesBefore = world.database().writes();
    addresses.mend();

    Jobs.Ended restarted = jobs.awaitEnd(jobs.restart(failed.execution(), 2));

    assertThat(failed.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(writesBefore).isZero();
    assertThat(restarted.status()).isEqualTo(BatchStatus.COMPLETED);
    addresses.assertListed(1, 2, 3, 4, 5);
    addresses.assertOneTicketEach(1, 2, 3, 4, 5);
  }

  @Test
  void noTransactionIsOpenInTheDatabaseWhileLookupsAreAwaited() throws SQLException {
    addresses.insert(1, 3);
    addresses.list(1, 3);
    System.setProperty("DNS_TIMEOUT", "30");
    world.dns().zone(ZONE).delay(Duration.ofSeconds(6));

    long execution = jobs.start(2);
    // each chunk waits six seconds for its answers; what is open then would be as old
    assertThat(oldestTransactionWhileItRuns(execution)).isLessThan(Duration.ofSeconds(4));
    assertThat(jobs.awaitEnd(execution).status()).isEqualTo(BatchStatus.COMPLETED);
    addresses.assertListed(1, 2, 3);
  }

  /** How old a transaction of the monitor grew, open or idle, as seen from another session. */
  private Duration oldestTransactionWhileItRuns(long execution) throws SQLException {
    Duration oldest = Duration.ZERO;
    try (Connection connection = world.database().connect();
        Statement statement = connection.createStatement()) {
      while (!jobs.isOver(execution)) {
        Duration age = ageOfOldestTransaction(statement);
        oldest = age.compareTo(oldest) > 0 ? age : oldest;
      }
    }
    return oldest;
  }

  private static Duration ageOfOldestTransaction(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            """
            select coalesce(max(extract(epoch from clock_timestamp() - xact_start)) * 1000, 0)::bigint
              from pg_stat_activity
             where usename = 'monitor' and datname = current_database()
            """)) {
      found.next();
      return Duration.ofMillis(found.getLong(1));
    }
  }

  @Test
  void anEditDuringTheLookupsNeitherWaitsNorIsLost() {
    addresses.insert(1, 2);
    addresses.list(1, 2);
    System.setProperty("DNS_TIMEOUT", "30");
    world.dns().zone(ZONE).delay(Duration.ofSeconds(2));

    long execution = jobs.start(2);
    Await.until(
        "both addresses are asked for", () -> addresses.wasAskedFor(1) && addresses.wasAskedFor(2));
    world
        .database()
        .execute(
            "set lock_timeout = '200ms';"
                + " update postal.ip_addresses set priority = 70 where ipv4 = '%s'"
                    .formatted(Addresses.address(1)));
    int writesUpToTheEdit = world.database().writes();

    assertThat(jobs.awaitEnd(execution).status()).isEqualTo(BatchStatus.COMPLETED);
    addresses.assertListed(1, 2);
    assertThat(writesUpToTheEdit).as("the edit came first").isEqualTo(1);
    assertThat(addresses.row(1).oldPriority()).isEqualTo(70);
    assertThat(addresses.row(2).oldPriority()).isEqualTo(80);
  }
}
