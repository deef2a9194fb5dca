package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions of the kernel's interface are read alike: a machine has only one of them. */
@Tag("containers")
class CgroupIT {

  private static final Cgroup.Reading EXPECTED =
      new Cgroup.Reading(300, Duration.ofMillis(1_500), 20, 7, 1);

  @TempDir Path group = Path.of("set by JUnit");

  private void file(String name, String content) throws IOException {
    Files.writeString(group.resolve(name), content);
  }

  @Test
  void version2IsRead() throws IOException {
    file("memory.current", "345\n");
    file("memory.stat", "anon 200\ninactive_file 45\nactive_file 9\n");
    file("memory.events", "low 0\noom 1\noom_kill 1\n");
    file("cpu.stat", "usage_usec 1500000\nnr_periods 20\nnr_throttled 7\nthrottled_usec 5\n");

    assertThat(new Cgroup.V2(group).read()).contains(EXPECTED);
  }

  @Test
  void version1IsRead() throws IOException {
    file("memory.usage_in_bytes", "345\n");
    file("memory.stat", "inactive_file 1\ntotal_inactive_file 45\n");
    file("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
    file("cpu.stat", "nr_periods 20\nnr_throttled 7\nthrottled_time 5\n");
    file("cpuacct.usage", "1500000000\n");

    assertThat(new Cgroup.V1(group, group, group).read()).contains(EXPECTED);
  }

  @Test
  void aGroupThatIsGoneHasNoFigures() {
    assertThat(new Cgroup.V2(group.resolve("gone")).read()).isEmpty();
  }
}
