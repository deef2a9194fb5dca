package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowOutcome.Conflict;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Verdict;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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

  @ParameterizedTest
  @CsvSource({"40001, 0", "40P01, 0", "55P03, 0", "HY000, 1020", "HY000, 1205", "40001, 1213"})
  void aRowIsTriedThreeTimesWhereOtherSessionsAreInTheWay(String state, int code) {
    SortedMap<Long, RowOutcome> outcomes = failing(state, code, Duration.ZERO).apply(checks(1));

    assertThat(outcomes.get(1L)).isInstanceOf(Conflict.class);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void whereEveryRowIsLockedTheRestIsLeftAfterAWhile() {
    SortedMap<Long, RowOutcome> outcomes =
        failing("55P03", 0, Duration.ofSeconds(3)).apply(checks(1000));

    assertThat(outcomes).hasSize(1000);
    assertThat(outcomes.values()).hasOnlyElementsOfType(Conflict.class);
    assertThat(attempts).as("one together, then 15 s of 3 s each").hasValue(1 + 6);
  }

  @Test
  void anotherFailureIsNotTriedAgain() {
    assertThatThrownBy(() -> failing("08006", 0, Duration.ZERO).apply(checks(3)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("cannot be reached or broke off");
    assertThat(attempts).hasValue(1);
  }

  /** Every transaction takes {@code each} and fails so. */
  private RowChanges failing(String state, int code, Duration each) {
    Transactions failing =
        new Transactions() {
          @Override
          public <T> T inNew(Function<EntityManager, T> work) {
            attempts.incrementAndGet();
            throw new PersistenceException(new SQLException("no", state, code));
          }
        };
    InstantSource time = () -> Instant.EPOCH.plus(each.multipliedBy(attempts.get()));
    return new RowChanges(
        failing,
        new ConditionalUpdate(
            new TableName(DatabaseKind.POSTGRESQL, "postal"), Duration.ofSeconds(1)),
        new RowMapping(false),
        time.withZone(ZoneOffset.UTC),
        new TransitionRules(0, 50),
        true);
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
        .map(ip -> new IpCheck(ip, List.of(), new Verdict(new TreeMap<>(), 1)))
        .toList();
  }
}
