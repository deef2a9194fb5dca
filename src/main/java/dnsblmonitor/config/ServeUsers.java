package dnsblmonitor.config;

import dnsblmonitor.config.ServeUser.Role;
import dnsblmonitor.domain.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the users of {@code serve}: one per role from variables, or any number from a file. There
 * is no default password; at least one user is required.
 */
final class ServeUsers {

  private static final String FILE = "SERVE_USERS";
  private static final int MIN_PASSWORD_LENGTH = 12;
  private static final int MAX_PASSWORD_LENGTH = 128;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  /** Characters that all clients encode equally in Basic authentication (RFC 7617 2.1). */
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

  private final Variables variables;
  private final List<ServeUser> users = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  ServeUsers(Variables variables) {
    this.variables = variables;
  }

  List<ServeUser> read() {
    int faultsBefore = variables.faults().size();
    Arrays.stream(Role.values()).forEach(this::readVariables);
    boolean byVariables = !users.isEmpty();
    if (variables.text(FILE + "_FILE").isPresent()) {
      if (byVariables) {
        variables.fault(
            FILE + "_FILE", "a SERVE_..._PASSWORD is set as well; set only one of them");
      }
      variables.onlyFile(FILE).filter(ServeUsers::isGiven).ifPresent(this::readFile);
    }
    if (users.isEmpty() && variables.faults().size() == faultsBefore) {
      variables.fault(
          "SERVE_ADMIN_PASSWORD",
          "is required: serve has no default password. Set it, SERVE_ADMIN_PASSWORD_FILE or SERVE_USERS_FILE");
    }
    return users;
  }

  /** An unreadable file has already been reported. */
  private static boolean isGiven(String text) {
    return !text.isEmpty();
  }

  private void readVariables(Role role) {
    String prefix = "SERVE_" + role.name();
    Optional<String> password =
        variables.textOrFile(prefix + "_PASSWORD").filter(ServeUsers::isGiven);
    password.ifPresent(text -> {
      add(
          prefix + "_USER",
          variables.required(prefix + "_USER"),
          prefix + "_PASSWORD",
          Set.of(role),
          text);
    });
  }

  private void readFile(String content) {
    String[] lines = content.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readLine("SERVE_USERS_FILE", i + 1, line.split(":", 3));
      }
    }
    if (users.isEmpty()) {
      variables.fault(
          "SERVE_USERS_FILE", "contains no user; write one per line, as name:roles:password");
    }
  }

  private void readLine(String variable, int number, String[] parts) {
    String where = "%s: line %d".formatted(variable, number);
    if (parts.length < 3) {
      variables.fault(where, "is not name:roles:password");
      return;
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : parts[1].split(",", -1)) {
      Arrays.stream(Role.values())
          .filter(role -> role.word().equals(word.strip()))
          .findFirst()
          .ifPresentOrElse(
              roles::add,
              () ->
                  // without the word itself, which may be a misplaced password
                  variables.fault(
                      where,
                      "a role must be admin, submitter or monitor; the line must be name:roles:password"));
    }
    if (!roles.isEmpty()) {
      add(where, parts[0], where, roles, parts[2]);
    }
  }

  /** Messages may contain a name, but of a password only its length. */
  private void add(
      String nameFrom, String name, String passwordFrom, Set<Role> roles, String password) {
    if (!NAME.matcher(name).matches()) {
      variables.fault(nameFrom, "a user name must be 1-64 letters, digits, '.', '_', '@', '-'");
    } else if (!names.add(name)) {
      variables.fault(nameFrom, "the user '%s' is defined twice".formatted(name));
    }
    if (password.length() < MIN_PASSWORD_LENGTH || password.length() > MAX_PASSWORD_LENGTH) {
      variables.fault(
          passwordFrom,
          "the password has %d characters; it must have %d-%d"
              .formatted(password.length(), MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH));
    } else if (!PRINTABLE.matcher(password).matches()) {
      variables.fault(passwordFrom, "the password contains a character outside printable ASCII");
    }
    users.add(new ServeUser(name, roles, new Secret(password)));
  }
}
