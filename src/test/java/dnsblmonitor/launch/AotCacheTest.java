package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void aCacheThatIsNotMappedIsNotUsed() throws IOException {
    Path maps =
        Files.writeString(
            folder.resolve("maps"),
            """
            7f05a0000000-7f05a0021000 rw-p 00000000 00:00 0
            7f059f69f000-7f059f6dd000 r--p 00001000 08:01 42                         /opt/used.aot
            """);

    assertThat(AotCache.unused(List.of("-Xmx1g", "-XX:AOTCache=/opt/used.aot"), maps)).isEmpty();
    assertThat(AotCache.unused(List.of("-XX:AOTCache=/opt/other.aot"), maps))
        .contains("/opt/other.aot");
    assertThat(
            AotCache.unused(
                List.of("-XX:AOTCache=/opt/used.aot", "-XX:AOTCache=/opt/last.aot"), maps))
        .contains("/opt/last.aot");
    assertThat(AotCache.unused(List.of("-Xmx1g"), maps)).isEmpty();
    assertThat(AotCache.unused(List.of("-XX:AOTCache=x"), folder.resolve("none"))).isEmpty();
  }
}
