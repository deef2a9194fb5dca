package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

  @Test
  void anAotCacheIsGivenToTheServerUnlessOptionsAreAboutOne() {
    Path cache = Path.of("/it's a b/c");

    assertThat(jvmArgs("", cache)).isEqualTo("'-XX:AOTCache=/it'\\''s a b/c'");
    assertThat(jvmArgs("-Dx=1", cache)).startsWith("'-XX:AOTCache=").endsWith("b/c' -Dx=1");
    assertThat(jvmArgs("-XX:AOTMode=off", cache)).isEqualTo("-XX:AOTMode=off");
  }

  private static String jvmArgs(String given, Path cache) {
    Map<String, String> environment = new HashMap<>(Map.of("JVM_ARGS", given));
    ServerProcess.addAotCache(environment, cache);
    return environment.getOrDefault("JVM_ARGS", "");
  }
}
