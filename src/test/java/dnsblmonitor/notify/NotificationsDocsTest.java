package dnsblmonitor.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.Ticket;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.NotificationSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/notifications.md shows what is sent, and its commands work. */
class NotificationsDocsTest {

  private static final DocsPage PAGE = DocsPage.of("docs/notifications.md");

  private static final Item LISTED =
      new Item.ChangedRow(
          Topic.LISTED,
          "203.0.113.7",
          "new block from list(s) zen.example",
          List.of("zen.example"),
          80,
          0,
          Optional.of(
              new Ticket(
                  "OPS-17", Optional.of(URI.create("https://jira.example.com/browse/OPS-17")))));

  private static Message message(Item... items) {
    return new Message(
        "postal",
        "0b6d6e8e-6a8b-4a8e-9a54-0d6f5f1c1c11",
        Instant.parse("2026-11-30T10:00:02Z"),
        List.of(items));
  }

  @Test
  void theTextIsTheOneThatIsSent() {
    assertThat(PAGE.blocks("text"))
        .containsExactly(
            message(LISTED).text(ChatDelivery.MAX_ITEMS, ChatDelivery.MAX_LENGTH).lines().toList());
  }

  @Test
  void theEventIsTheOneThatIsSent() {
    Message message =
        message(
            LISTED,
            new Item.Started(Topic.POOL_EXHAUSTED, "3", "every address of pool 3 is listed"));

    String shown = String.join("\n", PAGE.blocks("json").getFirst());

    assertThat(NotificationSchema.event(shown))
        .isEqualTo(NotificationSchema.event(CloudEvent.of(message)));
  }

  @Test
  void everyTopicIsARow() {
    assertThat(PAGE.section("## What is sent").rows().stream().map(row -> row.code(0).getFirst()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Topic.values()).map(Topic::label).toList());
  }

  @Test
  void theSignatureIsComputedByTheCommandsThatAreShown(@TempDir Path folder)
      throws IOException, InterruptedException {
    DocsPage section = PAGE.section("### Verify the signature");
    String secret = run(folder, section.blocks("sh").getFirst(), "").strip();
    Instant now = Instant.ofEpochSecond(1_796_032_802);
    String body = "{\"text\":\"\u00e4\"}";
    Files.writeString(folder.resolve("body.json"), body);

    String shown =
        run(
            folder,
            section.blocks("sh signature").getFirst(),
            "NOTIFY_WEBHOOK_SECRET='%s'; id=run-1; timestamp=1796032802\n".formatted(secret));

    assertThat(secret).startsWith("whsec_");
    assertThat(WebhookSignature.headers("run-1", now, body, new Secret(secret)))
        .containsEntry("webhook-signature", "v1," + shown.strip());
  }

  private static String run(Path folder, List<String> lines, String before)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-euc", before + String.join("\n", lines))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    return said;
  }
}
