package dnsblmonitor.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Atlassian's OpenAPI description of Jira Cloud's REST API v3, where the system property {@code
 * jira.openapi} names the file. It is not part of the project.
 */
public final class JiraDescription {

  private static final String PROPERTY = "jira.openapi";

  private static final Pattern PARAMETER = Pattern.compile("([^&=]+)=([^&]*)");

  private final OpenApiInteractionValidator validator;

  private JiraDescription(Path file) {
    validator =
        OpenApiInteractionValidator.createForSpecificationUrl(file.toUri().toString()).build();
  }

  /** Skips the test where none is given. */
  public static JiraDescription given() {
    String file = System.getProperty(PROPERTY, "");
    Assumptions.assumeFalse(
        file.isEmpty(),
        "give Atlassian's OpenAPI description of Jira Cloud (v3) with -D%s=<file>"
            .formatted(PROPERTY));
    return new JiraDescription(Path.of(file));
  }

  /** In what {@code exchange} is not as described; empty where it is. */
  public List<String> violations(FakeJiraExchange exchange) {
    return validator.validate(request(exchange), response(exchange)).getMessages().stream()
        .filter(message -> !descriptionIsWrong(exchange, message.getKey()))
        .map(message -> "%s: %s: %s".formatted(exchange, message.getKey(), text(message)))
        .toList();
  }

  /** Where Jira is known to do otherwise than its description says. */
  private static boolean descriptionIsWrong(FakeJiraExchange exchange, String key) {
    return switch (key) {
      // most refusals are described without a body; Jira sends its errorMessages with all of them
      case "validation.response.body.unexpected" -> exchange.status() / 100 == 4;
      // bodies are described (of any type) for answers that have none: a 204 cannot (RFC 9110,
      // 15.3.5), and an issue property that was set is answered by its status alone
      case "validation.response.body.missing" ->
          exchange.status() == 204
              || exchange.request().toString().matches("PUT /issue/[^/]+/properties/[^/]+");
      default -> false;
    };
  }

  private static String text(Message message) {
    return message.getMessage() + " " + message.getAdditionalInfo();
  }

  private static Request request(FakeJiraExchange exchange) {
    FakeJiraRequest request = exchange.request();
    String path =
        exchange
            .target()
            .replaceFirst("\\?.*", "")
            .replaceFirst("^/tracker", "")
            // the one question that is asked before the version is known; it is the same in both
            .replaceFirst("^/rest/api/2/serverInfo$", "/rest/api/3/serverInfo");
    SimpleRequest.Builder described =
        new SimpleRequest.Builder(Request.Method.valueOf(request.method()), path);
    request.headers().forEach((name, values) -> described.withHeader(name, values));
    PARAMETER
        .matcher(request.query())
        .results()
        .forEach(named ->
            described.withQueryParam(
                named.group(1), URLDecoder.decode(named.group(2), StandardCharsets.UTF_8)));
    if (!request.body().isEmpty()) {
      described.withBody(request.body());
    }
    return described.build();
  }

  private static SimpleResponse response(FakeJiraExchange exchange) {
    SimpleResponse.Builder described = SimpleResponse.Builder.status(exchange.status());
    return exchange.responseBody().isEmpty()
        ? described.build()
        : described.withContentType("application/json").withBody(exchange.responseBody()).build();
  }
}
