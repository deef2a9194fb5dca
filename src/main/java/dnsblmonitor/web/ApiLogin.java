package dnsblmonitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits the users of the page to the API and to {@code /metrics}: with Basic authentication (RFC
 * 7617), or logged in on the page. Not in {@code web.xml}, which permits one method for an
 * application, and the page has a form. Both only read, so a request that another site causes does
 * no harm.
 */
@SuppressWarnings("serial") // filters are never serialized
public final class ApiLogin extends HttpFilter {

  private static final String SCHEME = "Basic ";
  private static final List<String> ROLES = List.of("batchAdmin", "batchSubmitter", "batchMonitor");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    if (!isLoggedIn(request)) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Postal DNSBL Monitor\"");
      refuse(
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          "Log in with Basic authentication, as a user of the page.");
    } else if (ROLES.stream().noneMatch(request::isUserInRole)) {
      refuse(response, HttpServletResponse.SC_FORBIDDEN, "This user has no role.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void refuse(HttpServletResponse response, int status, String why)
      throws IOException {
    response.setStatus(status);
    response.setContentType(ApiProblem.MEDIA_TYPE);
    response.setCharacterEncoding(UTF_8.name());
    response.getWriter().write(ApiProblem.json(status, why));
  }

  /** A client may also send the cookie that Liberty sets at each login. */
  private static boolean isLoggedIn(HttpServletRequest request, String user, String password)
      throws ServletException {
    if (!user.equals(request.getRemoteUser())) {
      if (request.getRemoteUser() != null) {
        request.logout(); // a cookie of another user
      }
      request.login(user, password);
    }
    return true;
  }

  private static boolean isLoggedIn(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return request.getUserPrincipal() != null;
    }
    try {
      String login =
          new String(Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), UTF_8);
      int colon = login.indexOf(':');
      return colon > 0
          && isLoggedIn(request, login.substring(0, colon), login.substring(colon + 1));
    } catch (IllegalArgumentException | ServletException e) {
      return false; // not Base64, or Liberty, which logs it, refused the login
    }
  }
}
