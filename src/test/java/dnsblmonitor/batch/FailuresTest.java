package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.report.ErrorType;
import org.junit.jupiter.api.Test;

/** What Liberty hands to a listener is the chunk's exception inside one of its own. */
class FailuresTest {

  @Test
  void aFailureKeepsItsNameInsideTheBatchRuntimesOwn() {
    TicketDeskException gone =
        new TicketDeskException(
            TicketDeskException.Fault.UNREACHABLE, "gone", new IllegalStateException());

    assertThat(Failures.fatal(new IllegalStateException(gone)).type())
        .isEqualTo(ErrorType.JIRA_UNREACHABLE);
  }

  @Test
  void theEndOfAFailedRunIsNoFailureOfItsOwn() {
    RunFailedException end = new RunFailedException("the run is being stopped");

    assertThat(Failures.isConsequence(new IllegalStateException(end))).isTrue();
    assertThat(Failures.isConsequence(new IllegalStateException("unexpected"))).isFalse();
  }
}
