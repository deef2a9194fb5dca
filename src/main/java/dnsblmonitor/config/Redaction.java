package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes known secrets out of texts that other people's code may have put them in (R32): the last
 * net below all that does not show them in the first place.
 */
public final class Redaction {

  /** For texts of our own. */
  public static final Redaction NONE = new Redaction(List.of());

  /** What is shorter stands in texts by chance. */
  private static final int SHORTEST = 6;

  private final List<String> secrets;

  public Redaction(List<Secret> secrets) {
    this.secrets =
        secrets.stream().map(Secret::reveal).filter(text -> text.length() >= SHORTEST).toList();
  }

  /** What a run knows: the database's password, Jira's token, keys of zones. */
  public static List<Secret> secretsOf(Settings settings) {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(settings.database().password());
    settings.jira().ifPresent(jira -> secrets.add(jira.apiToken()));
    settings.zones().forEach(zone -> zone.key().ifPresent(secrets::add));
    return secrets;
  }

  /** {@code text} with stars in place of each secret. */
  public String of(String text) {
    String safe = text;
    for (String secret : secrets) {
      safe = safe.replace(secret, "***");
    }
    return safe;
  }
}
