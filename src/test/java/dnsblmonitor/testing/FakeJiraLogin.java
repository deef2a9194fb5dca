package dnsblmonitor.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom {@link FakeJira} lets in, and what becomes of the others.
 *
 * @param authorization the header's one right value
 */
record FakeJiraLogin(FakeJiraDialect dialect, String authorization) {

  private static final String REASON = "X-Seraph-LoginReason";

  static FakeJiraLogin basic(FakeJiraDialect dialect, String user, String secret) {
    byte[] login = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return new FakeJiraLogin(dialect, "Basic " + Base64.getEncoder().encodeToString(login));
  }

  /** With a personal access token of Data Center. */
  static FakeJiraLogin bearer(String token) {
    return new FakeJiraLogin(FakeJiraDialect.DATA_CENTER, "Bearer " + token);
  }

  /** The answer to a request without the right login, unless it needs none. */
  Optional<FakeJiraAnswer> refusal(FakeJiraRequest request, @Nullable String sent) {
    if (authorization.equals(sent) || request.toString().equals("GET /serverInfo")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (dialect) {
          case CLOUD -> unauthorized();
          case DATA_CENTER ->
              sent == null
                  ? asAnonymous(request)
                  : asAnonymous(request).with(REASON, "AUTHENTICATED_FAILED");
        });
  }

  /** What Data Center adds for those whom it let in. */
  FakeJiraAnswer marked(FakeJiraAnswer answer, @Nullable String sent) {
    return dialect == FakeJiraDialect.DATA_CENTER && authorization.equals(sent)
        ? answer.with(REASON, "OK")
        : answer;
  }

  /** Who is nobody sees nothing, which is no error there. */
  private static FakeJiraAnswer asAnonymous(FakeJiraRequest request) {
    return switch (request.toString()) {
      case "POST /search" ->
          new FakeJiraAnswer(200, "{\"startAt\":0,\"maxResults\":50,\"total\":0,\"issues\":[]}");
      case "GET /project" -> new FakeJiraAnswer(200, "[]");
      default -> unauthorized();
    };
  }

  private static FakeJiraAnswer unauthorized() {
    return FakeJiraAnswer.message(401, "Client must be authenticated to access this resource.");
  }
}
