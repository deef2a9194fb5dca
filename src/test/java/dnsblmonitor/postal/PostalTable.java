package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A database of a test, and {@code ip_addresses} in it as the monitor sees it. */
record PostalTable(TestDatabase database, PlainTransactions transactions) implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-23T10:15:30.123456Z");

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  static PostalTable in(TestDatabase database) {
    return new PostalTable(database, new PlainTransactions(database.settings()));
  }

  /** Without CHECK_IPV6. */
  IpAddressTable table() {
    return new IpAddressTable(transactions, database.settings(), CLOCK, false);
  }

  IpAddressTable checkingIpv6() {
    return new IpAddressTable(transactions, database.settings(), CLOCK, true);
  }

  /** One in which {@code edit} happens after row 1 was read and before it is written. */
  IpAddressTable editedBeforeWrite(boolean ipv6, Runnable edit) {
    Transactions edited =
        new Transactions() {
          @Override
          public <T> T inNew(Function<EntityManager, T> work) {
            return transactions.inNew(em -> {
              assertThat(em.find(IpAddressRow.class, 1L)).isNotNull();
              edit.run();
              return work.apply(em);
            });
          }
        };
    return new IpAddressTable(edited, database.settings(), CLOCK, ipv6);
  }

  /** What becomes of the row of one check. */
  static RowOutcome apply(
      IpAddressTable table, IpCheck check, TransitionRules rules, boolean write) {
    RecordedOutcomes outcomes = new RecordedOutcomes();
    table.apply(List.of(check), rules, write, outcomes);
    return Objects.requireNonNull(outcomes.byRow().get(check.ip().rowId()));
  }

  @Override
  public void close() {
    transactions.close();
    database.close();
  }
}
