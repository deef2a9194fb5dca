package dnsblmonitor.jira;

import jakarta.json.JsonObject;

/** Which Jira: they differ in API version, text format, search and login (R29). */
public enum JiraKind {
  CLOUD,
  DATA_CENTER;

  /**
   * What {@code /serverInfo} says: {@code deploymentType} is {@code Cloud} or {@code Server}, which
   * Data Center says as well. Where it says nothing it is an old server.
   */
  static JiraKind of(JsonObject serverInfo) {
    return Wire.text(serverInfo, "deploymentType").filter("Cloud"::equalsIgnoreCase).isPresent()
        ? CLOUD
        : DATA_CENTER;
  }

  JiraDialect dialect() {
    return switch (this) {
      case CLOUD -> new CloudDialect();
      case DATA_CENTER -> new DataCenterDialect();
    };
  }
}
