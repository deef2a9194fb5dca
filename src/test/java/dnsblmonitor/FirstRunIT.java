package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.World;
import org.junit.jupiter.api.Test;

class FirstRunIT {
  @Test
  void runs() {
    try (World world = World.with("zen.example,bl.example")) {
      world.database().insert("203.0.113.7", 80);
      world.database().insert("203.0.113.8", 80);
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "spam");
      world.run();
      Ended ended = world.run();
      ended.lines().forEach(System.out::println);
      System.out.println(ended.standardError());
      System.out.println(ended.took());
      System.out.println(world.jira().issues());
      assertThat(ended.exitCode()).isZero();
    }
  }
}
