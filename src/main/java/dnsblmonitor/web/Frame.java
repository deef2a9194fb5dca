package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.report.Version;
import java.util.List;
import java.util.Optional;

/**
 * What every page has around its content.
 *
 * @param title of the window
 * @param database the database of Postal, without a login
 * @param token the CSRF token for the page's forms
 * @param links to the other pages; none without a history
 */
record Frame(
    String title,
    String version,
    String deployment,
    String database,
    String user,
    String token,
    List<Link> links) {

  /** An entry of the navigation; {@code current} if the page belongs to it. */
  record Link(String href, String text, boolean current) {}

  /** The pages, by the beginning of their paths. */
  enum Part {
    OVERVIEW("/", "Overview"),
    ADDRESSES("/addresses", "Addresses"),
    BLOCKLISTS("/blocklists", "Blocklists"),
    RUNS("/runs", "Runs");

    private final String href;
    private final String text;

    Part(String href, String text) {
      this.href = href;
      this.text = text;
    }
  }

  /** The frame of a page without a title yet. */
  static Frame of(Settings settings, String user, String token) {
    return new Frame(
        "",
        Version.current(),
        settings.deployment(),
        settings.database().target(),
        user,
        token,
        List.of());
  }

  /**
   * The same frame for a page.
   *
   * @param part what it belongs to; empty if there is only one page
   */
  Frame around(String page, Optional<Part> part) {
    return new Frame(
        page + " - Postal DNSBL Monitor",
        version,
        deployment,
        database,
        user,
        token,
        part.map(here ->
                List.of(Part.values()).stream()
                    .map(one -> new Link(one.href, one.text, one == here))
                    .toList())
            .orElse(List.of()));
  }

  boolean hasLinks() {
    return !links.isEmpty();
  }
}
