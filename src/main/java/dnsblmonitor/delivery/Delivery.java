package dnsblmonitor.delivery;

/** Something that one target receives. */
public interface Delivery {

  /** The target for messages; contains no secret. */
  String target();

  /**
   * Delivers it, or fails; does not try again.
   *
   * @throws InterruptedException if the time limit has passed meanwhile
   */
  void attempt() throws DeliveryException, InterruptedException;
}
