package dnsblmonitor.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Tells PostgreSQL's driver the password of the job repository, from the server's environment.
 *
 * <p>Liberty opens these connections by itself, and would need the password in {@code server.xml}:
 * what stands there, or in a variable that is used there, it writes into its work area. So {@code
 * jobs.xml} names this class instead. The driver finds it in a jar of its own, which the server of
 * a run does not load; there is no MicroProfile Config there.
 */
public final class EnvironmentPassword implements AuthenticationPlugin {

  /** The variable that the launcher gives the server; it holds what {@link #encoded} returns. */
  public static final String VARIABLE = "POSTAL_MONITOR_JOBS_DB_PASSWORD";

  /** In ASCII: without a UTF-8 locale the JVM passes nothing else on in a child's environment. */
  public static String encoded(String password) {
    return URLEncoder.encode(password, UTF_8);
  }

  @Override
  public char @Nullable [] getPassword(AuthenticationRequestType type) {
    String password = System.getenv(VARIABLE);
    return password == null ? null : URLDecoder.decode(password, UTF_8).toCharArray();
  }
}
