package dnsblmonitor.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that {@link FakeJira} received.
 *
 * @param path below the API's own, without the query
 * @param query still encoded; empty where there is none
 * @param headers names in lower case; {@code authorization} says only which scheme it had
 */
public record FakeJiraRequest(
    String method, String path, String query, Map<String, List<String>> headers, String body) {

  private static final Pattern ISSUE = Pattern.compile("/issue/(?!bulk$)([^/]+)(?:/.*)?");

  public FakeJiraRequest {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, List.of()).stream().findFirst();
  }

  /** A parameter of the query, decoded as far as the monitor encodes: commas. */
  Optional<String> parameter(String name) {
    Matcher parameter = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
    return parameter.find()
        ? Optional.of(parameter.group(1).replace("%2C", ","))
        : Optional.empty();
  }

  /** Whether it is to change something. */
  boolean isWrite() {
    return !method.equals("GET") && !path.startsWith("/search");
  }

  /** The key of the one issue that it is about. */
  Optional<String> issueKey() {
    Matcher issue = ISSUE.matcher(path);
    return issue.matches() ? Optional.of(issue.group(1)) : Optional.empty();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
