package dnsblmonitor.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that {@link FakeJira} received.
 *
 * @param path below {@code /rest/api/3}, without the query
 * @param headers names in lower case; {@code authorization} says only which scheme it had
 */
public record FakeJiraRequest(
    String method, String path, Map<String, List<String>> headers, String body) {

  public FakeJiraRequest {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, List.of()).stream().findFirst();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
