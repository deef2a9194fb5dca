package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void anAotCacheThatIsThereIsGivenToTheServer() throws IOException {
    Path cache = Files.createFile(Files.createDirectory(folder.resolve("it's a b")).resolve("c"));

    assertThat(jvmArgs("", cache)).isEqualTo("'-XX:AOTCache=" + folder + "/it'\\''s a b/c'");
    assertThat(jvmArgs("-Dx=1", cache)).startsWith("'-XX:AOTCache=").endsWith("b/c' -Dx=1");
    assertThat(jvmArgs("-XX:AOTMode=off", cache)).isEqualTo("-XX:AOTMode=off");
    assertThat(jvmArgs("-Dx=1", folder.resolve("none"))).isEqualTo("-Dx=1");
  }

  private static String jvmArgs(String given, Path cache) {
    Map<String, String> environment = new HashMap<>(Map.of("JVM_ARGS", given));
    ServerProcess.addAotCache(environment, cache);
    return environment.getOrDefault("JVM_ARGS", "");
  }
}
