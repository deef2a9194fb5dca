package dnsblmonitor.domain;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;

/**
 * The labels of one deployment's tickets (R25a, R28).
 *
 * @param deployment 1-30 letters, digits or {@code -}
 */
public record TicketLabels(String deployment) {

  /** On every ticket of every deployment. */
  public static final String COMMON = "dnsbl-monitor";

  public static final String MAJOR_MALFUNCTION = "MAJOR-MALFUNCTION";
  private static final String PREFIX = "dnsbl-";

  public String of(Ipv4Address address) {
    return PREFIX + deployment + "-" + address;
  }

  public String ofAlert(LocalDate utcDate) {
    return alertPrefix() + utcDate;
  }

  /** On the ticket of a mass listing (R14a). */
  public String ofMassListing(LocalDate utcDate) {
    return massListingPrefix() + utcDate;
  }

  private String massListingPrefix() {
    return PREFIX + deployment + "-mass-";
  }

  private String alertPrefix() {
    return PREFIX + deployment + "-alert-";
  }

  /** The address in our own label. */
  Optional<Ipv4Address> addressOf(Collection<String> labels) {
    return labels.stream()
        .flatMap(label -> addressIn(label).stream())
        .filter(address -> labels.contains(of(address)))
        .findFirst();
  }

  /** Whether these labels belong to a ticket or an alert of this deployment. */
  public boolean areOurs(Collection<String> labels) {
    return addressOf(labels).isPresent()
        || alertDateOf(labels).isPresent()
        || dateBehind(massListingPrefix(), labels).isPresent();
  }

  /** Whether any label belongs to a ticket of another deployment. */
  boolean belongToAnother(Collection<String> labels) {
    return labels.stream()
        .anyMatch(label -> addressIn(label).filter(ip -> !label.equals(of(ip))).isPresent());
  }

  private static Optional<Ipv4Address> addressIn(String label) {
    return label.startsWith(PREFIX)
        ? Ipv4Address.parse(label.substring(label.lastIndexOf('-') + 1))
        : Optional.empty();
  }

  /** The UTC day of our alert, if {@code labels} are those of an alert. */
  Optional<LocalDate> alertDateOf(Collection<String> labels) {
    return dateBehind(alertPrefix(), labels);
  }

  private static Optional<LocalDate> dateBehind(String prefix, Collection<String> labels) {
    return labels.stream()
        .filter(label -> label.startsWith(prefix))
        .flatMap(label -> date(label.substring(prefix.length())).stream())
        .findFirst();
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
