package dnsblmonitor.web;

import dnsblmonitor.domain.Redaction;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The login form, which Liberty shows to users who are not logged in, and the logout. */
@SuppressWarnings("serial") // servlets are never serialized
public final class LoginServlet extends HttpServlet {

  private final Html html = new Html(() -> Redaction.NONE);
  private final CsrfToken tokens = CDI.current().select(CsrfToken.class).get();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean failed = request.getServletPath().equals("/login/failed");
    Html.send(response, HttpServletResponse.SC_OK, html.page(new Html.Login(failed)));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getServletPath().equals("/logout")) {
      if (isOfThePage(request)) {
        request.logout();
      }
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", "/");
      return;
    }
    doGet(request, response); // Liberty forwards a rejected request with its original method
  }

  private boolean isOfThePage(HttpServletRequest request) {
    @Nullable String user = request.getRemoteUser();
    return user != null && tokens.isOf(user, request.getParameter("token"));
  }
}
