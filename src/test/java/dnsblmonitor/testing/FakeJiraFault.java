package dnsblmonitor.testing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@link FakeJira} does wrong with one request: made by a factory, refined by the rest. */
public final class FakeJiraFault {

  /** What comes back in place of, or after, the right answer. */
  enum Kind {
    STATUS,
    RESET,
    RIGHT_ANSWER
  }

  final Kind kind;
  final int status;
  final Map<String, String> headers = new LinkedHashMap<>();
  boolean processed;
  Optional<Duration> delay = Optional.empty();
  String body = "";
  int timesLeft = 1;

  private FakeJiraFault(Kind kind, int status) {
    this.kind = kind;
    this.status = status;
  }

  /** Answers with {@code status} and an empty body; the request does nothing. */
  public static FakeJiraFault status(int status) {
    return new FakeJiraFault(Kind.STATUS, status);
  }

  /** Answers with a web page, as a login gateway does. */
  public static FakeJiraFault html(int status) {
    return status(status)
        .with("Content-Type", "text/html;charset=UTF-8")
        .body("<!DOCTYPE html><html><body>Log in</body></html>");
  }

  /** Closes the connection; the request does nothing. */
  public static FakeJiraFault reset() {
    return new FakeJiraFault(Kind.RESET, 0);
  }

  /** Answers rightly, with the headers added by {@link #with}. */
  public static FakeJiraFault rightAnswer() {
    return new FakeJiraFault(Kind.RIGHT_ANSWER, 0).afterProcessing();
  }

  public FakeJiraFault with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public FakeJiraFault body(String text) {
    body = text;
    return this;
  }

  /** The request does what it should before the fault: only its answer is lost. */
  public FakeJiraFault afterProcessing() {
    processed = true;
    return this;
  }

  /** Waits before it answers. */
  public FakeJiraFault delayed(Duration by) {
    delay = Optional.of(by);
    return this;
  }

  /** What is answered; nothing at all where the connection is closed. */
  FakeJiraAnswer instead(FakeJiraAnswer right) {
    Map<String, String> all = new LinkedHashMap<>(right.headers());
    all.putAll(headers);
    return switch (kind) {
      case RIGHT_ANSWER -> new FakeJiraAnswer(right.status(), right.body(), all);
      case STATUS -> new FakeJiraAnswer(status, body, headers);
      case RESET -> right;
    };
  }

  /** Meets the next {@code count} such requests. */
  public FakeJiraFault times(int count) {
    timesLeft = count;
    return this;
  }
}
