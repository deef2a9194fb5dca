package dnsblmonitor.testing;

/**
 * A request that {@link FakeJira} received and what it answered.
 *
 * @param target the path from the host on, with the query
 * @param status 0 where the connection was closed without an answer
 */
public record FakeJiraExchange(
    FakeJiraRequest request, String target, int status, String responseBody) {

  @Override
  public String toString() {
    return "%s %s: %d".formatted(request.method(), target, status);
  }
}
