package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome.Conflict;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Verdict;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R22: what is tried again, and when it ends. */
class RowChangesTest {

  private final AtomicInteger attempts = new AtomicInteger();

  private final RecordedOutcomes outcomes = new RecordedOutcomes();

  @ParameterizedTest
  @CsvSource({
    "40001, 0",
    "40P01, 0",
    "55P03, 0",
    "57014, 0",
    "HY000, 1020",
    "HY000, 1205",
    "40001, 1213",
    "70100, 1969",
    "HY000, 3024"
  })
  void aRowIsTriedThreeTimesWhereOtherSessionsAreInTheWay(String state, int code) {
    apply(checks(1), new PersistenceException(new SQLException("no", state, code)), Duration.ZERO);

    assertThat(outcomes.byRow().get(1L)).isInstanceOf(Conflict.class);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void aCommitThatFailedIsTriedAgain() {
    apply(checks(1), new TransactionalException("no", new RollbackException()), Duration.ZERO);

    assertThat(outcomes.byRow().get(1L)).isInstanceOf(Conflict.class);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void whereEveryRowIsLockedTheRestIsLeftAfterAWhile() {
    apply(
        checks(1000),
        new PersistenceException(new SQLException("no", "55P03", 0)),
        Duration.ofSeconds(2));

    assertThat(outcomes.byRow()).hasSize(1000);
    assertThat(outcomes.byRow().values()).hasOnlyElementsOfType(Conflict.class);
    assertThat(attempts).as("one, then 15 s of 2 s each").hasValue(1 + 8);
  }

  @Test
  void anotherFailureIsNotTriedAgain() {
    assertThatThrownBy(() ->
            apply(
                checks(3),
                new PersistenceException(new SQLException("no", "08006", 0)),
                Duration.ZERO))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("cannot connect, or the connection was lost");
    assertThat(attempts).hasValue(1);
  }

  /** Every transaction takes {@code each} and fails by {@code failure}. */
  private void apply(List<IpCheck> checks, RuntimeException failure, Duration each) {
    Transactions failing =
        new Transactions() {
          @Override
          public <T> T inNew(Function<EntityManager, T> work) {
            attempts.incrementAndGet();
            throw failure;
          }
        };
    InstantSource time = () -> Instant.EPOCH.plus(each.multipliedBy(attempts.get()));
    new RowChanges(
            failing,
            new TableName(DatabaseKind.POSTGRESQL, "postal"),
            false,
            time.withZone(ZoneOffset.UTC),
            new TransitionRules(0, 50, Duration.ZERO),
            true,
            outcomes)
        .apply(checks);
  }

  private static List<IpCheck> checks(int rows) {
    return LongStream.rangeClosed(1, rows)
        .mapToObj(id ->
            new MonitoredIp(
                id,
                Ipv4Address.of("192.0.2.7"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new RowValues(80, null, null, null)))
        .map(ip -> new IpCheck(ip, List.of(), new Verdict(new TreeMap<>(), 1, false)))
        .toList();
  }
}
