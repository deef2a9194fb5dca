package dnsblmonitor.testing;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** Which Jira {@link FakeJira} stands in for: in what the two differ. */
enum FakeJiraDialect {
  CLOUD("/rest/api/3", "Cloud", "1001.0.0-SNAPSHOT"),
  DATA_CENTER("/rest/api/2", "Server", "10.3.2");

  /** Characters of a wiki text. */
  private static final int MAX_TEXT = 32_767;

  final String apiPath;
  final String deploymentType;
  final String version;

  FakeJiraDialect(String apiPath, String deploymentType, String version) {
    this.apiPath = apiPath;
    this.deploymentType = deploymentType;
    this.version = version;
  }

  /**
   * {@code path} below the API's own, as it is where it is not there. Which Jira it is can be asked
   * of both in the same place.
   */
  String relative(String path) {
    return path.replaceFirst("^/tracker" + apiPath + "(?=/)", "")
        .replaceFirst("^/tracker/rest/api/(?:2|latest)(?=/serverInfo$)", "");
  }

  /**
   * A description or comment as plain text.
   *
   * @throws IllegalArgumentException with the text of the 400
   */
  String plain(JsonValue text) {
    return switch (this) {
      case CLOUD -> FakeAdf.plain(text);
      case DATA_CENTER -> wiki(text);
    };
  }

  private static String wiki(JsonValue text) {
    if (!(text instanceof JsonString string)) {
      throw new IllegalArgumentException("Operation value must be a string");
    }
    if (string.getString().length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
    }
    return FakeWiki.plain(string.getString());
  }
}
