package dnsblmonitor.launch;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.config.ServeUser;
import dnsblmonitor.config.ServeUser.Role;
import dnsblmonitor.domain.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Users, roles and keys as the part of server.xml that {@code serve} includes.
 *
 * @param filePassword of the files of the keys
 * @param includes files of the server's own folder to be read as well
 */
record SecurityConfiguration(List<ServeUser> users, Secret filePassword, List<String> includes) {

  static final String KEY_FILE = "key.p12";

  /** Names of users hold nothing that XML would take for its own. */
  String xml() {
    return """
    <server>
    %s
      <keyStore id="defaultKeyStore" type="PKCS12" location="${server.output.dir}/security/%s" password="%s"/>
      <ltpa keysFileName="${server.output.dir}/security/ltpa.keys" keysPassword="%s"/>
      <basicRegistry id="users" realm="dnsbl-monitor">
    %s
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
            lines(having(Role.ADMIN), user -> "    <user>%s</user>".formatted(user.name())),
            roles(),
            roles());
  }

  private String roles() {
    return lines(Arrays.asList(Role.values()), this::role);
  }

  private static String user(ServeUser user) {
    return "    <user name=\"%s\" password=\"%s\"/>"
        .formatted(user.name(), HashedPassword.of(user.password()));
  }

  private String role(Role role) {
    return "    <security-role name=\"%s\">%s</security-role>"
        .formatted(
            role.batchRole(),
            having(role).stream()
                .map(user -> "<user name=\"%s\"/>".formatted(user.name()))
                .collect(joining()));
  }

  private List<ServeUser> having(Role role) {
    return users.stream().filter(user -> user.roles().contains(role)).toList();
  }

  private static <T> String lines(List<T> items, Function<T, String> line) {
    return items.stream().map(line).collect(joining("\n"));
  }
}
