package dnsblmonitor.ops;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.delivery.Deliveries;
import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.notify.Notifications;
import dnsblmonitor.notify.NotifySettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code dnsbl-monitor notify-test}: sends a message that is marked as a test to each target of
 * notifications and prints a table of the results (R39). Exit code 0 if all were delivered; 1 if
 * not, or if there is no target.
 */
public final class NotifyTest {

  private static final int FAILED = 1;

  private NotifyTest() {}

  public static void main(String[] args) {
    System.exit(exitCode());
  }

  private static int exitCode() {
    try {
      Optional<NotifySettings> settings = Environment.ofThisProcess().notifySettings();
      return settings.isPresent()
          ? send(settings.get())
          : fail(
              List.of(
                  "no target is configured. Set NOTIFY_WEBHOOK_URL, NOTIFY_SLACK_URL, or NOTIFY_MAIL_TO with NOTIFY_MAIL_FROM and SMTP_URL"));
    } catch (ConfigurationException e) {
      return fail(e.faults());
    }
  }

  private static int fail(List<String> faults) {
    faults.forEach(
        fault -> System.err.println("dnsbl-monitor notify-test: " + FindingTable.onOneLine(fault)));
    return FAILED;
  }

  private static int send(NotifySettings settings) {
    Redaction redaction = new Redaction(settings.secrets());
    List<Delivery> deliveries =
        new Notifications(settings, redaction)
            .testDeliveries(UUID.randomUUID().toString(), Environment.runClock().instant());
    IdentityHashMap<Delivery, String> failures = new IdentityHashMap<>();
    Deliveries.carryOut(deliveries, Deliveries.LIMIT, failures::put);
    List<Finding> findings =
        deliveries.stream()
            .map(delivery -> finding(delivery.target(), failures.get(delivery), redaction))
            .toList();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    FindingTable.lines(findings).forEach(out::println);
    return failures.isEmpty() ? 0 : FAILED;
  }

  private static Finding finding(String target, @Nullable String failure, Redaction redaction) {
    return failure == null
        ? new Holds(target, "delivered")
        : new Fails(target, redaction.of(failure));
  }
}
