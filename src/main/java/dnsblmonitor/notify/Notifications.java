package dnsblmonitor.notify;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.history.Condition;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunNews;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.notify.Item.ChangedRow;
import dnsblmonitor.notify.Item.Ended;
import dnsblmonitor.notify.Item.FailedRun;
import dnsblmonitor.notify.Item.Started;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what a run has to say, and to whom (R39). */
public final class Notifications {

  /** The longest free text in an item, in characters. */
  private static final int MAX_TEXT = 500;

  private final NotifySettings settings;
  private final Redaction redaction;

  public Notifications(NotifySettings settings, Redaction redaction) {
    this.settings = settings;
    this.redaction = redaction;
  }

  /**
   * What to deliver at the end of a run, one for each target; none if there is nothing to say.
   *
   * @param news empty if there is no history or it could not be written: then a lasting condition
   *     is not reported, since every run would report it again
   */
  public List<Delivery> deliveries(RunRecord run, Optional<RunNews> news) {
    if (!run.isReported()) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    failure(run.end()).ifPresent(items::add);
    var muted = news.map(RunNews::muted).orElse(Set.of());
    run.changes().stream()
        .filter(change -> !muted.contains(change.address()))
        .forEach(change -> items.add(row(change, run)));
    news.ifPresent(it -> {
      it.started().forEach(condition -> items.add(started(condition)));
      it.ended().forEach(condition -> items.add(ended(condition)));
    });
    items.removeIf(item -> !settings.topics().contains(item.topic()));
    return items.isEmpty()
        ? List.of()
        : toEachTarget(new Message(settings.deployment(), run.runId(), run.end().at(), items));
  }

  /**
   * A message to each target that says that it is a test.
   *
   * @param id a new one
   */
  public List<Delivery> testDeliveries(String id, Instant now) {
    return toEachTarget(Message.test(settings.deployment(), id, now));
  }

  private List<Delivery> toEachTarget(Message message) {
    List<Delivery> deliveries = new ArrayList<>();
    settings.webhook().ifPresent(it -> deliveries.add(new WebhookDelivery(it, message)));
    settings.chat().ifPresent(it -> deliveries.add(new ChatDelivery(it, message)));
    settings.mail().ifPresent(it -> deliveries.add(new MailDelivery(it, message)));
    return List.copyOf(deliveries);
  }

  private Optional<Item> failure(RunEnd end) {
    return end.outcome() == RunEnd.Outcome.FAILED
        ? Optional.of(
            new FailedRun(clean(end.message().orElse("")), end.errorType(), end.exitCode()))
        : Optional.empty();
  }

  private Item row(RowChange change, RunRecord run) {
    return new ChangedRow(
        Topic.of(change.type()),
        change.address().toString(),
        clean(change.event()),
        change.after().listingZones().stream().map(this::clean).toList(),
        change.before().priority(),
        change.after().priority(),
        Optional.ofNullable(run.tickets().get(change.address())));
  }

  private Item started(Condition condition) {
    return new Started(
        Topic.of(condition.kind()), clean(condition.subject()), clean(condition.text()));
  }

  private Item ended(Condition condition) {
    return new Ended(
        Topic.of(condition.kind()), clean(condition.subject()), clean(condition.text()));
  }

  /** Redacted first: what is cut may be a part of a secret. */
  private String clean(String text) {
    return OneLine.of(redaction.of(text), MAX_TEXT);
  }
}
