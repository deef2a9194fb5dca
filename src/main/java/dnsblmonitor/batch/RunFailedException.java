package dnsblmonitor.batch;

/** Ends a step whose run has failed or was stopped; the run knows why. */
final class RunFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RunFailedException(String message) {
    super(message);
  }
}
