package dnsblmonitor.delivery;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A delivery failed; the message says why, and what to do if a user can do something. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1;

  /** Before the second and the later attempts, unless the target says when. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final transient Optional<Duration> pause;

  private DeliveryException(String message, Optional<Duration> pause) {
    super(message);
    this.pause = pause;
  }

  /** Another attempt would fail as well, or could deliver it twice. */
  public static DeliveryException permanent(String message) {
    return new DeliveryException(message, Optional.empty());
  }

  /** The target did not accept it; another attempt may succeed. */
  public static DeliveryException temporary(String message) {
    return temporary(message, PAUSE);
  }

  /**
   * The same.
   *
   * @param pause the time that the target wants to pass before
   */
  static DeliveryException temporary(String message, Duration pause) {
    return new DeliveryException(message, Optional.of(pause));
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The time to wait before the next attempt; empty: do not try again. */
  Optional<Duration> pause() {
    return pause;
  }
}
