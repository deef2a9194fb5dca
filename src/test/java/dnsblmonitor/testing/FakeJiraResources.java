package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which resource of {@link FakeJira} answers which request. */
final class FakeJiraResources {

  private static final Pattern CREATE_META =
      Pattern.compile("/issue/createmeta/([^/]+)/issuetypes(?:/([^/]+))?");
  private static final Pattern ISSUE =
      Pattern.compile("/issue/([^/]+)(?:/(attachments)|/properties/([^/]+))?");

  private final FakeJiraSite site;
  private final FakeJiraMeta meta;
  private final FakeJiraWrites writes;

  FakeJiraResources(FakeJiraSite site) {
    this.site = site;
    meta = new FakeJiraMeta(site);
    writes = new FakeJiraWrites(site);
  }

  FakeJiraAnswer answer(FakeJiraRequest request) {
    try {
      return switch (site.dialect) {
        case CLOUD -> cloud(request);
        case DATA_CENTER -> dataCenter(request);
      };
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      return FakeJiraAnswer.message(400, String.valueOf(e.getMessage()));
    }
  }

  private FakeJiraAnswer cloud(FakeJiraRequest request) {
    return switch (request.toString()) {
      case "GET /project/search" -> meta.projectPage();
      case "POST /search/jql" -> new FakeJiraSearch(site).answer(FakeJiraJson.object(request));
      case "GET /search", "POST /search" ->
          FakeJiraAnswer.message(
              410,
              "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.");
      default -> both(request);
    };
  }

  private FakeJiraAnswer dataCenter(FakeJiraRequest request) {
    return switch (request.toString()) {
      case "GET /project" -> meta.projectList();
      case "POST /search" -> new FakeJiraPagedSearch(site).answer(FakeJiraJson.object(request));
      default -> both(request);
    };
  }

  private FakeJiraAnswer both(FakeJiraRequest request) {
    return switch (request.toString()) {
      case "GET /myself" ->
          FakeJiraAnswer.ok(Json.createObjectBuilder().add("accountId", "5b10a2844c20").build());
      case "GET /serverInfo" -> meta.serverInfo();
      case "GET /status" -> meta.statuses();
      case "GET /mypermissions" -> meta.permissions(request);
      case "POST /issue" -> writes.create(FakeJiraJson.object(request));
      case "POST /issue/bulk" -> writes.createAll(FakeJiraJson.object(request));
      default -> issueOrMeta(request);
    };
  }

  private FakeJiraAnswer issueOrMeta(FakeJiraRequest request) {
    Matcher screens = CREATE_META.matcher(request.path());
    if (request.method().equals("GET") && screens.matches()) {
      return screens.group(2) == null
          ? meta.issueTypes(screens.group(1), request)
          : meta.createFields(screens.group(1), screens.group(2), request);
    }
    Matcher path = ISSUE.matcher(request.path());
    if (!path.matches()) {
      return FakeJiraAnswer.message(404, "null for uri: " + request.path());
    }
    return site.issue(path.group(1))
        .filter(issue -> issue.visible && site.permits("BROWSE_PROJECTS"))
        .map(issue -> issue(issue, path, request))
        .orElseGet(() ->
            FakeJiraAnswer.message(
                404, "Issue does not exist or you do not have permission to see it."));
  }

  private FakeJiraAnswer issue(FakeJiraIssue issue, Matcher path, FakeJiraRequest request) {
    if (path.group(3) != null) {
      return property(issue, path.group(3), request);
    }
    if (path.group(2) != null) {
      return request.method().equals("POST") ? writes.attach(issue, request) : notAllowed();
    }
    return switch (request.method()) {
      case "PUT" -> writes.edit(issue, FakeJiraJson.object(request));
      case "GET" -> new FakeJiraSearch(site).one(issue, request);
      default -> notAllowed();
    };
  }

  private FakeJiraAnswer property(FakeJiraIssue issue, String key, FakeJiraRequest request) {
    return switch (request.method()) {
      case "GET" -> property(issue, key);
      case "PUT" -> writes.setProperty(issue, key, FakeJiraJson.value(request));
      default -> notAllowed();
    };
  }

  private static FakeJiraAnswer property(FakeJiraIssue issue, String key) {
    JsonValue value = issue.properties.get(key);
    return value == null
        ? FakeJiraAnswer.message(404, "The property '%s' does not exist.".formatted(key))
        : FakeJiraAnswer.ok(Json.createObjectBuilder().add("key", key).add("value", value).build());
  }

  private static FakeJiraAnswer notAllowed() {
    return FakeJiraAnswer.message(405, "Method Not Allowed");
  }
}
