package dnsblmonitor.jira;

import dnsblmonitor.jira.JiraConnector.FailingJira;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The calls of Jira's REST API that the monitor makes, below {@link JiraKind#apiPath}
 * (developer.atlassian.com/cloud/jira/platform/rest/v3).
 *
 * <p>All return a {@link Response}, but throw a {@link FailingJira} for a 5xx. Time-out, bulkhead
 * and circuit breaker act in a MicroProfile container only, for each method; the client's own
 * time-outs act everywhere. The breaker opens for less than the shortest wait before a retry (R26):
 * a single caller does not notice it, several send one request in place of one each. Public for the
 * client's proxies.
 */
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Timeout(value = 40, unit = ChronoUnit.SECONDS)
@Bulkhead(Workers.COUNT)
@CircuitBreaker(
    requestVolumeThreshold = Workers.COUNT,
    failureRatio = 1,
    delay = 1500,
    failOn = {FailingJira.class, ProcessingException.class, TimeoutException.class})
public interface JiraApi extends AutoCloseable {

  /** Needs a login, so it proves one (R25c). */
  @GET
  @Path("myself")
  Response myself();

  /** Which Jira this is. Needs no login, so it proves none. */
  @GET
  @Path("serverInfo")
  Response serverInfo();

  /** What the account may do in a project. Cloud requires the keys, separated by commas. */
  @GET
  @Path("mypermissions")
  Response permissions(
      @QueryParam("projectKey") String project, @QueryParam("permissions") String keys);

  @GET
  @Path("status")
  Response statuses();

  @GET
  @Path("project/search")
  Response projects();

  /** Data Center only: there it is a plain array. */
  @GET
  @Path("project")
  Response allProjects();

  @GET
  @Path("issue/createmeta/{project}/issuetypes")
  Response issueTypes(@PathParam("project") String project, @QueryParam("startAt") int startAt);

  @GET
  @Path("issue/createmeta/{project}/issuetypes/{id}")
  Response createFields(
      @PathParam("project") String project,
      @PathParam("id") String issueTypeId,
      @QueryParam("startAt") int startAt);

  /** Cloud only; there {@code /rest/api/3/search} is gone (410). */
  @POST
  @Path("search/jql")
  Response searchByJql(JsonObject search);

  /** Data Center only. */
  @POST
  @Path("search")
  Response search(JsonObject search);

  @POST
  @Path("issue")
  Response create(JsonObject issue);

  /** Up to 50 issues; each succeeds or fails alone. */
  @POST
  @Path("issue/bulk")
  Response createAll(JsonObject issues);

  /** One issue as it is now; {@code fields} and {@code properties} are comma-separated names. */
  @GET
  @Path("issue/{key}")
  Response issue(
      @PathParam("key") String key,
      @QueryParam("fields") String fields,
      @QueryParam("properties") String properties);

  @PUT
  @Path("issue/{key}")
  Response edit(@PathParam("key") String key, JsonObject changes);

  @GET
  @Path("issue/{key}/properties/{property}")
  Response property(@PathParam("key") String key, @PathParam("property") String property);

  @PUT
  @Path("issue/{key}/properties/{property}")
  Response setProperty(
      @PathParam("key") String key, @PathParam("property") String property, JsonObject value);

  /** Attaches a file; {@code xsrf} must be {@code no-check} ("Special request headers"). */
  @POST
  @Path("issue/{key}/attachments")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  Response attach(
      @PathParam("key") String key,
      @HeaderParam("X-Atlassian-Token") String xsrf,
      @HeaderParam("Content-Type") String contentType,
      byte[] multipart);

  @Override
  void close();
}
