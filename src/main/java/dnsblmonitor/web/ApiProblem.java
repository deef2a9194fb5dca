package dnsblmonitor.web;

import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Problem details, as which the API reports each error (RFC 9457). */
final class ApiProblem {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = Logger.getLogger(ApiProblem.class.getName());

  private ApiProblem() {}

  static String json(int status, String detail) {
    return Json.createObjectBuilder()
        .add("status", status)
        .add("title", title(status))
        .add("detail", detail)
        .build()
        .toString();
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }

  /** An answer with this status; {@code detail} says what is wrong and what to do. */
  static WebApplicationException of(int status, String detail) {
    return new WebApplicationException(response(status, detail));
  }

  private static Response response(int status, String detail) {
    return Response.status(status).type(MEDIA_TYPE).entity(json(status, detail)).build();
  }

  /** What is not thrown here: an unknown path, another method, a failure. */
  public static final class Mapper implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable failure) {
      if (failure instanceof WebApplicationException refused) {
        Response response = refused.getResponse();
        return response.hasEntity()
            ? response
            : Response.fromResponse(response)
                .type(MEDIA_TYPE)
                .entity(json(response.getStatus(), detail(response.getStatus())))
                .build();
      }
      LOG.log(Level.SEVERE, "the API failed", failure);
      return response(500, "An unexpected error. See the server's log for the cause.");
    }

    private static String detail(int status) {
      return switch (status) {
        case 404 -> "There is no resource at this path. See /api/v1/openapi.json.";
        case 405 -> "The API is read-only: use GET.";
        case 406 -> "The API returns application/json.";
        default -> "The request was refused.";
      };
    }
  }
}
