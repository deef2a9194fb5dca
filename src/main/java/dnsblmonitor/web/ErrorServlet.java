package dnsblmonitor.web;

import dnsblmonitor.domain.Redaction;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page, without a stack trace, which is in the server's log. */
@SuppressWarnings("serial") // servlets are never serialized
public final class ErrorServlet extends HttpServlet {

  private final Html html = new Html(() -> Redaction.NONE);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : HttpServletResponse.SC_NOT_FOUND;
    Html.send(response, status, html.page(message(status)));
  }

  private static Html.Message message(int status) {
    return switch (status) {
      case HttpServletResponse.SC_FORBIDDEN ->
          new Html.Message(
              "Not allowed",
              "Your role does not allow this. Only the roles admin and submitter can start runs.");
      case HttpServletResponse.SC_NOT_FOUND ->
          new Html.Message("Page not found", "There is no page at this address.");
      case HttpServletResponse.SC_METHOD_NOT_ALLOWED ->
          new Html.Message(
              "Method not allowed", "This address does not accept this kind of request.");
      default ->
          new Html.Message(
              "The page cannot be displayed",
              "Error " + status + ". See the server's log for the cause.");
    };
  }
}
