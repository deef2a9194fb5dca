package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An upgrade pulls what changed: the layers of the image, in the order of how seldom they do. */
@NeedsEngine
class ImageLayersIT {

  private static final List<String> LAYERS =
      List.of("/layers/liberty", "/layers/libraries", "/layers/application", "/trained");

  @Test
  void librariesAndCachesFollowLibertyAndOnlyTheLastTwoDifferInAnUpgrade() {
    List<String> history =
        MonitorImage.docker(
                "history",
                "--no-trunc",
                "--human=false",
                "--format",
                "{{.Size}} {{.CreatedBy}}",
                MonitorImage.NAME)
            .lines()
            .filter(line -> line.contains(" COPY /layers/") || line.contains("/trained "))
            .toList()
            .reversed();

    assertThat(history).hasSameSizeAs(LAYERS);
    for (int i = 0; i < LAYERS.size(); i++) {
      assertThat(history.get(i)).contains(LAYERS.get(i));
    }
    assertThat(megabytes(history.get(2)) + megabytes(history.get(3)))
        .as("of %s", history)
        .isLessThan(180)
        .isLessThan((megabytes(history.get(0)) + megabytes(history.get(1))) * 0.6);
  }

  private static double megabytes(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' '))) / 1e6;
  }

  /** Built again, a layer is the same only if nothing in it has the time of the build. */
  @Test
  void nothingInTheFirstTwoLayersHasTheTimeOfTheBuild() {
    String created =
        MonitorImage.docker("image", "inspect", "-f", "{{.Created}}", MonitorImage.NAME);
    Instant before = Instant.parse(created).minus(Duration.ofDays(2));
    String newer = "-newermt %s -print".formatted(before);

    assertThat(found("/opt/dnsbl-monitor/bin /opt/dnsbl-monitor/VERSION " + newer))
        .as("of the application: else this shows nothing")
        .isNotEmpty();
    assertThat(found("/opt/dnsbl-monitor/wlp -path */wlp/usr -prune -o " + newer)).isEmpty();
    assertThat(found("/opt/dnsbl-monitor/lib ! -name dnsbl-monitor-classes.jar " + newer))
        .isEmpty();
    assertThat(found("/opt/dnsbl-monitor/wlp/usr -name *.jar ! -name dnsbl-monitor-* " + newer))
        .isEmpty();
    assertThat(found("/opt/dnsbl-monitor/wlp -type d " + newer)).isEmpty();
  }

  private static String found(String arguments) {
    String command = "run --rm --entrypoint find %s %s".formatted(MonitorImage.NAME, arguments);
    return MonitorImage.docker(command.split(" ", -1));
  }
}
