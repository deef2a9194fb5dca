package dnsblmonitor.launch;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.config.ServeUser;
import dnsblmonitor.config.ServeUser.Role;
import dnsblmonitor.domain.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The part of server.xml with users, roles and keys that {@code serve} includes.
 *
 * @param filePassword of the key files
 * @param includes further files of the server's folder to include
 */
record SecurityConfiguration(List<ServeUser> users, Secret filePassword, List<String> includes) {

  /**
   * The owner of scheduled runs, which cannot log in: Liberty starts a job only for a user in its
   * registry, and the application runs as this one ({@code run-as}). Configured user names cannot
   * start like this.
   */
  private static final String SCHEDULE = "_schedule";

  static final String KEY_FILE = "key.p12";

  /** User names contain no XML special characters. */
  String xml() {
    return """
    <server>
    %s
      <keyStore id="defaultKeyStore" type="PKCS12" location="${server.output.dir}/security/%s" password="%s"/>
      <ltpa keysFileName="${server.output.dir}/security/ltpa.keys" keysPassword="%s"/>
      <basicRegistry id="users" realm="dnsbl-monitor">
    %s
        <user name="%s" password="%s"/>
      </basicRegistry>
      <administrator-role>
    %s
      </administrator-role>
      <authorization-roles id="com.ibm.ws.batch">
    %s
      </authorization-roles>
      <webApplication id="dnsbl-monitor">
        <application-bnd>
    %s
        </application-bnd>
      </webApplication>
    </server>
    """
        .formatted(
            lines(includes, "  <include location=\"${server.config.dir}/%s\"/>"::formatted),
            KEY_FILE,
            filePassword.reveal(),
            filePassword.reveal(),
            lines(users, SecurityConfiguration::user),
            SCHEDULE,
            HashedPassword.ofNone(),
            lines(having(Role.ADMIN).toList(), "    <user>%s</user>"::formatted),
            roles(""),
            roles("<run-as userid=\"%s\"/>".formatted(SCHEDULE)));
  }

  /**
   * @param ofSubmitter additional content of the submitter role
   */
  private String roles(String ofSubmitter) {
    return lines(
        Arrays.asList(Role.values()),
        role -> role(role, role == Role.SUBMITTER ? ofSubmitter : ""));
  }

  private static String user(ServeUser user) {
    return "    <user name=\"%s\" password=\"%s\"/>"
        .formatted(user.name(), HashedPassword.of(user.password()));
  }

  private String role(Role role, String more) {
    return "    <security-role name=\"%s\">%s%s</security-role>"
        .formatted(
            role.batchRole(),
            having(role).map("<user name=\"%s\"/>"::formatted).collect(joining()),
            more);
  }

  /** The names of users. */
  private Stream<String> having(Role role) {
    return Stream.concat(
        users.stream().filter(user -> user.roles().contains(role)).map(ServeUser::name),
        role == Role.SUBMITTER ? Stream.of(SCHEDULE) : Stream.empty());
  }

  private static <T> String lines(List<T> items, Function<T, String> line) {
    return items.stream().map(line).collect(joining("\n"));
  }
}
