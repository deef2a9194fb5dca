package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  private static final String SERVER = "dnsbl-monitor";

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
    try (WorkFolder work = WorkFolder.create("", Optional.of(warm), SERVER)) {
      path = work.path();

      assertThat(path.resolve("dnsbl-monitor/workarea/cache")).hasContent("warm");
    }

    assertThat(path).doesNotExist();
    assertThat(warm.resolve("dnsbl-monitor/workarea/cache")).exists();
  }

  /** As that of a distribution that nobody may write to. */
  @Test
  void theCopyOfAWriteProtectedOneCanBeWrittenTo() throws IOException {
    Path workarea = warm.resolve("dnsbl-monitor/workarea");
    Files.setPosixFilePermissions(
        workarea.resolve("cache"), PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(workarea, PosixFilePermissions.fromString("r-xr-xr-x"));

    try (WorkFolder work = WorkFolder.create("", Optional.of(warm), SERVER)) {
      Path copy = work.path().resolve("dnsbl-monitor/workarea");
      assertThat(Files.getPosixFilePermissions(copy)).contains(PosixFilePermission.OWNER_WRITE);
      assertThat(Files.getPosixFilePermissions(copy.resolve("cache")))
          .contains(PosixFilePermission.OWNER_WRITE);
    } finally {
      Files.setPosixFilePermissions(workarea, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aGivenFolderThatIsNewIsFilledAndStays() throws IOException {
    Path given = folder.resolve("given");

    WorkFolder.create(given.toString(), Optional.of(warm), SERVER).close();

    assertThat(given.resolve("dnsbl-monitor/workarea/cache")).hasContent("warm");
  }

  @Test
  void aGivenFolderThatHoldsAnEarlierRunIsTakenAsItIs() throws IOException {
    Path given = folder.resolve("given");
    Files.createDirectories(given.resolve("dnsbl-monitor"));

    WorkFolder.create(given.toString(), Optional.of(warm), SERVER).close();

    assertThat(given.resolve("dnsbl-monitor")).isEmptyDirectory();
  }

  @Test
  void withoutAWarmOneItStartsEmpty() throws IOException {
    try (WorkFolder work = WorkFolder.create("", Optional.empty(), SERVER)) {
      assertThat(work.path()).isDirectoryNotContaining("glob:**dnsbl-monitor/**");
      assertThat(work.path().resolve("dnsbl-monitor")).doesNotExist();
    }
  }

  @Test
  void theFolderOfAKilledLauncherIsRemovedByTheNextOne() throws Exception {
    Process killed = launcher();
    Path left = Path.of(killed.inputReader().readLine());
    Path foreign = Files.createTempDirectory("dnsbl-monitor-");
    try (WorkFolder running = WorkFolder.create("", Optional.of(warm), SERVER)) {
      WorkFolder.create("", Optional.of(warm), SERVER).close();
      assertThat(left).as("its launcher runs").isDirectory();

      killed.destroyForcibly().waitFor();
      WorkFolder.create("", Optional.of(warm), SERVER).close();

      assertThat(left).doesNotExist();
      assertThat(running.path()).isDirectory();
      assertThat(foreign).as("not marked as a work folder").isDirectory();
    } finally {
      Files.delete(foreign);
    }
  }

  @Test
  void aFolderWhoseServerStillRunsIsLeft() throws Exception {
    Process killed = launcher();
    Path left = Path.of(killed.inputReader().readLine());
    Path lock = left.resolve("dnsbl-monitor/workarea/.sLock");
    try (FileChannel server =
            FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var _ = server.lock()) {
      killed.destroyForcibly().waitFor();
      WorkFolder.create("", Optional.of(warm), SERVER).close();

      assertThat(left).isDirectory();
    }
    WorkFolder.create("", Optional.of(warm), SERVER).close();

    assertThat(left).doesNotExist();
  }

  /** A process that makes a work folder, prints its path and waits. */
  private Process launcher() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName(),
            warm.toString())
        .start();
  }

  /** Its program. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
      try (WorkFolder work = WorkFolder.create("", Optional.of(Path.of(args[0])), SERVER)) {
        System.out.println(work.path());
        var _ = System.in.read(); // until it is killed
      }
    }
  }
}
