package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  @TempDir Path folder = Path.of("set by JUnit");

  private Path warm = Path.of("set below");

  @BeforeEach
  void layAWarmFolder() throws IOException {
    warm = folder.resolve("warm");
    Files.createDirectories(warm.resolve("dnsbl-monitor/workarea"));
    Files.writeString(warm.resolve("dnsbl-monitor/workarea/cache"), "warm");
  }

  @Test
  void aNewFolderStartsAsACopyOfTheWarmOneAndGoesInTheEnd() throws IOException {
    Path path;
    try (WorkFolder work = WorkFolder.create("", warm)) {
      path = work.path();

      assertThat(path.resolve("dnsbl-monitor/workarea/cache")).hasContent("warm");
    }

    assertThat(path).doesNotExist();
    assertThat(warm.resolve("dnsbl-monitor/workarea/cache")).exists();
  }

  @Test
  void aGivenFolderThatIsEmptyIsFilledAndStays() throws IOException {
    Path given = folder.resolve("given");

    WorkFolder.create(given.toString(), warm).close();

    assertThat(given.resolve("dnsbl-monitor/workarea/cache")).hasContent("warm");
  }

  @Test
  void aGivenFolderThatHoldsAnEarlierRunIsTakenAsItIs() throws IOException {
    Path given = folder.resolve("given");
    Files.createDirectories(given.resolve("dnsbl-monitor"));

    WorkFolder.create(given.toString(), warm).close();

    assertThat(given.resolve("dnsbl-monitor")).isEmptyDirectory();
  }

  @Test
  void withoutAWarmOneItStartsEmpty() throws IOException {
    try (WorkFolder work = WorkFolder.create("", folder.resolve("none"))) {
      assertThat(work.path()).isEmptyDirectory();
    }
  }
}
