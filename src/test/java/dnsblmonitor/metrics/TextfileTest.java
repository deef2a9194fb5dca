package dnsblmonitor.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.history.RunRecord;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R38: the file for node_exporter's textfile collector. */
class TextfileTest {

  private static final String AT = "2026-11-30T12:00:00Z";
  private static final String LATER = "2026-11-30T12:15:00Z";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("dnsbl_monitor.prom");
  }

  private static Delivery delivery(Path file, String deployment, RunRecord run) {
    MetricsTargets targets =
        new MetricsTargets(
            new MetricsSettings(deployment, Optional.of(file), Optional.empty()), Runs.VERSION);
    List<Delivery> deliveries = targets.deliveries(run);
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  private String after(RunRecord... runs) throws Exception {
    for (RunRecord run : runs) {
      delivery(file, Runs.DEPLOYMENT, run).attempt();
    }
    return Files.readString(file);
  }

  private static String scraped(RunRecord... runs) {
    RunMetrics metrics = new RunMetrics();
    Stream.of(runs).forEach(run -> metrics.add(run, Runs.DEPLOYMENT, Runs.VERSION));
    return metrics.text(Runs.DEPLOYMENT, Runs.VERSION);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }

  @Test
  void theFileHasWhatAScrapeHasAndOthersMayReadIt() throws Exception {
    RunRecord run = Runs.eventful(AT).record();

    assertThat(after(run)).isEqualTo(scraped(run));
    assertThat(names()).containsExactly("dnsbl_monitor.prom");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(delivery(file, Runs.DEPLOYMENT, run).target()).isEqualTo(file.toString());
  }

  @Test
  void aLaterRunReplacesWhatItKnows() throws Exception {
    RunRecord quiet = Runs.quiet(LATER).record();

    assertThat(after(Runs.eventful(AT).record(), quiet)).isEqualTo(scraped(quiet));
  }

  @Test
  void aFailedRunKeepsWhatItDoesNotKnowAndTheTimeOfTheLastSuccess() throws Exception {
    RunRecord good = Runs.eventful(AT).record();
    RunRecord failed = Runs.failed(LATER).record();

    assertThat(after(good, failed).lines())
        .containsExactlyInAnyOrderElementsOf(scraped(good, failed).lines().toList())
        .contains(
            "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"succeeded\"} 1.796040002E9",
            "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"failed\"} 1.796040902E9",
            "dnsbl_monitor_pool_exhausted{deployment=\"prod\",pool=\"7\"} 1.0");
  }

  @Test
  void theNextSuccessReplacesTheTimeOfTheOneBefore() throws Exception {
    String text =
        after(Runs.eventful(AT).record(), Runs.failed(LATER).record(), Runs.quiet(LATER).record());

    assertThat(
            text.lines()
                .filter(line -> line.startsWith("dnsbl_monitor_run_end_timestamp_seconds{")))
        .containsExactlyInAnyOrder(
            "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"succeeded\"} 1.796040902E9",
            "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"failed\"} 1.796040902E9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no metrics at all\n",
        "node_load1 0.5\n",
        "# TYPE dnsbl_monitor_malfunction gauge\ndnsbl_monitor_malfunction{deployment=\"prod\"",
        "# TYPE dnsbl_monitor_malfunction gauge\ndnsbl_monitor_malfunction{deployment=\"prod\n",
        "dnsbl_monitor_malfunction{deployment=\"other\"} 1.0\n",
        "dnsbl_monitor_malfunction 1.0\n",
      })
  void aFileThatIsDamagedOrNotOursIsReplaced(String content) throws Exception {
    Files.writeString(file, content);
    RunRecord failed = Runs.failed(AT).record();

    assertThat(after(failed)).isEqualTo(scraped(failed));
  }

  @Test
  void aFileThatIsNoTextIsReplaced() throws Exception {
    Files.writeString(file, "dnsbl_monitor_x{deployment=\"prod\",zone=\"\u00fc\"} 1\n", ISO_8859_1);
    RunRecord failed = Runs.failed(AT).record();

    assertThat(after(failed)).isEqualTo(scraped(failed));
  }

  @Test
  void aFileWithAVeryLongLineIsReplaced() throws Exception {
    Files.writeString(
        file, "dnsbl_monitor_x{deployment=\"prod\",zone=\"" + "\\\\".repeat(100_000) + "\"} 1\n");
    RunRecord failed = Runs.failed(AT).record();

    assertThat(after(failed)).isEqualTo(scraped(failed));
  }

  @Test
  void metricsThatThisVersionDoesNotHaveAreDropped() throws Exception {
    Files.writeString(
        file,
        """
        # HELP dnsbl_monitor_gone Of another version.
        # TYPE dnsbl_monitor_gone gauge
        dnsbl_monitor_gone{deployment="prod"} 1.0
        # HELP dnsbl_monitor_malfunction As it was.
        # TYPE dnsbl_monitor_malfunction gauge
        dnsbl_monitor_malfunction{deployment="prod"} 1.0
        """);

    assertThat(after(Runs.failed(AT).record()))
        .contains("dnsbl_monitor_malfunction{deployment=\"prod\"} 1.0")
        .doesNotContain("dnsbl_monitor_gone");
  }

  /** Two runs write in turn; whoever reads meanwhile finds one or the other. */
  @Test
  void aReaderNeverFindsHalfAFile() throws Exception {
    String eventful = after(Runs.eventful(AT).record());
    String quiet = after(Runs.quiet(AT).record());
    AtomicBoolean done = new AtomicBoolean();

    try (var executor = Executors.newSingleThreadExecutor()) {
      Future<Integer> reads =
          executor.submit(() -> {
            int count = 0;
            while (!done.get()) {
              assertThat(Files.readString(file)).isIn(eventful, quiet);
              assertThat(names().stream().filter(name -> name.endsWith(".prom"))).hasSize(1);
              count++;
            }
            return count;
          });
      for (int i = 0; i < 300; i++) {
        after(i % 2 == 0 ? Runs.eventful(AT).record() : Runs.quiet(AT).record());
      }
      done.set(true);
      assertThat(reads.get()).isPositive();
    }
    assertThat(names()).containsExactly("dnsbl_monitor.prom");
  }

  @Test
  void aFolderThatDoesNotExistIsNamedAsTheReason() {
    Delivery delivery =
        delivery(folder.resolve("none/x.prom"), Runs.DEPLOYMENT, Runs.quiet(AT).record());

    assertThatThrownBy(delivery::attempt)
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "cannot write the file: the folder does not exist. Create it, or correct METRICS_FILE");
  }

  @Test
  void aFolderThatIsAFileIsNamedAsTheReason() throws Exception {
    Path parent = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(
            delivery(parent.resolve("x.prom"), Runs.DEPLOYMENT, Runs.quiet(AT).record())::attempt)
        .isInstanceOf(DeliveryException.class)
        .hasMessage("cannot write the file: Not a directory. Check METRICS_FILE");
  }

  @Test
  void aFolderInItsPlaceIsKeptAndNoTemporaryFileStays() throws Exception {
    Files.createDirectories(file.resolve("content"));

    assertThatThrownBy(delivery(file, Runs.DEPLOYMENT, Runs.quiet(AT).record())::attempt)
        .isInstanceOf(DeliveryException.class)
        .hasMessage("cannot write the file: Is a directory. Check METRICS_FILE");
    assertThat(names()).containsExactly("dnsbl_monitor.prom");
    assertThat(file.resolve("content")).exists();
  }

  /** In sysfs nobody can create a file, root neither; it may also be mounted read-only. */
  @Test
  void aFolderThatCannotBeWrittenIsNamedAsTheReason() {
    assertThatThrownBy(
            delivery(Path.of("/sys/x.prom"), Runs.DEPLOYMENT, Runs.quiet(AT).record())::attempt)
        .isInstanceOf(DeliveryException.class)
        .message()
        .isIn(
            "cannot write the file: permission denied. Let the monitor's user write to the folder and read the file",
            "cannot write the file: Read-only file system. Mount the folder writable");
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device,No space left on device. Free some space",
    "Disk quota exceeded,Disk quota exceeded. Free some space",
    "Read-only file system,Read-only file system. Mount the folder writable",
    "File name too long,File name too long. Check METRICS_FILE"
  })
  void aFullOrBrokenDiskIsNamedAsTheReason(String reason, String message) {
    assertThat(Textfile.message(new FileSystemException("x.prom", null, reason)))
        .isEqualTo(Textfile.message(new IOException(reason)))
        .isEqualTo("cannot write the file: " + message);
  }

  @Test
  void dryPartialAndSkippedRunsHaveNoDelivery() {
    MetricsTargets targets =
        new MetricsTargets(
            new MetricsSettings(Runs.DEPLOYMENT, Optional.of(file), Optional.empty()),
            Runs.VERSION);

    assertThat(targets.deliveries(Runs.quiet(AT).dry().record())).isEmpty();
    assertThat(targets.deliveries(Runs.knowing(AT).only(Set.of("bl.example")).record())).isEmpty();
    assertThat(targets.deliveries(Runs.knowing(AT).ended(0, "another run").record())).isEmpty();
  }
}
