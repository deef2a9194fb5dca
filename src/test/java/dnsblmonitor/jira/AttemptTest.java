package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptTest {

  static Stream<RuntimeException> neverSent() {
    return Stream.of(
        new ProcessingException(new ConnectException("Connection refused")),
        new ProcessingException(new UnknownHostException("jira.example.com")),
        new ProcessingException(new SSLHandshakeException("untrusted")),
        new ProcessingException(
            new org.apache.http.conn.ConnectTimeoutException("connect timed out")),
        new BulkheadException("full"));
  }

  @ParameterizedTest
  @MethodSource("neverSent")
  void whatMadeNoConnectionDidNotArrive(RuntimeException failure) {
    assertThat(Attempt.failed(failure))
        .isInstanceOf(Attempt.NotSent.class)
        .matches(Attempt::transientFailure)
        .matches(attempt -> !attempt.mayHaveArrived());
  }

  static Stream<RuntimeException> lost() {
    return Stream.of(
        new ProcessingException(new SocketTimeoutException("Read timed out")),
        new ProcessingException(new SocketException("Connection reset")),
        new ProcessingException(new IOException("broken off")),
        new TimeoutException("40 s"));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void whatWasSentMayHaveArrived(RuntimeException failure) {
    assertThat(Attempt.failed(failure))
        .isInstanceOf(Attempt.Lost.class)
        .matches(Attempt::transientFailure)
        .matches(Attempt::mayHaveArrived);
  }

  @ParameterizedTest
  @CsvSource({
    "200, false, false",
    "400, false, false",
    "429, true, false",
    "500, true, true",
    "502, true, true",
    "503, true, false",
    "504, true, true",
  })
  void anAnswerSaysByItsStatus(int status, boolean transientFailure, boolean mayHaveArrived) {
    Attempt attempt = new Attempt.Answered(new Reply(status, Map.of(), ""));

    assertThat(attempt.transientFailure()).isEqualTo(transientFailure);
    assertThat(attempt.mayHaveArrived()).isEqualTo(mayHaveArrived);
  }
}
