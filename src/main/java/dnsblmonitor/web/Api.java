package dnsblmonitor.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/**
 * The read-only JSON API of {@code serve} (R37), described by {@code openapi.json}. Not final:
 * Liberty's CDI makes a proxy of it.
 */
@ApplicationPath("/api/v1")
public class Api extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(ApiResource.class, ApiProblem.Mapper.class);
  }
}
