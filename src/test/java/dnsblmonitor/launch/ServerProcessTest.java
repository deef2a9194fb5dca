package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

  private static final String CACHE = "-XX:AOTCache=/it's a b/trained/server.aot";

  private final Path home = Path.of("/it's a b");

  @Test
  void anAotCacheIsGivenToTheServerUnlessOptionsAreAboutOne() {
    assertThat(command(home.resolve("trained"), "")).contains(CACHE);
    assertThat(command(home.resolve("trained"), "-Dx=1")).contains(CACHE);
    assertThat(command(home.resolve("trained"), "-XX:AOTMode=off")).doesNotContain(CACHE);
    assertThat(command(Path.of(""), "")).noneMatch(it -> it.startsWith("-XX:AOT"));
  }

  private List<String> command(Path trained, String jvmArgs) {
    return ServerProcess.command(new Distribution(home, trained), "some-server", jvmArgs);
  }
}
