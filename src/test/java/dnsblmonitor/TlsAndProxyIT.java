package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeProxy;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.TestAuthority;
import dnsblmonitor.testing.World;
import org.junit.jupiter.api.Test;

/** {@code TLS_CA_FILE}, {@code HTTPS_PROXY} and {@code NO_PROXY} of the real distribution. */
class TlsAndProxyIT {

  @Test
  void aJiraOfAPrivateAuthorityIsReachedThroughAProxyAndWithout() {
    TestAuthority authority = TestAuthority.create();
    try (World world = World.with("zen.example,bl.example");
        FakeJira jira = FakeJira.overTls(authority);
        FakeProxy proxy = FakeProxy.to("jira.example:443", jira)) {
      world.database().insert("203.0.113.7", 80);
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
      world.set("HTTPS_PROXY", proxy.url());
      world.set("JIRA_SERVER", "https://jira.example/tracker");
      Ended untrusting = world.run();
      world.set("TLS_CA_FILE", authority.pem().toString());
      Ended proxied = world.run();
      int tunnels = proxy.requestLines().size();
      world.dns().lists("bl.example", "203.0.113.7", "127.0.0.2");
      world.set("JIRA_SERVER", jira.uri().toString()).set("NO_PROXY", "127.0.0.1");
      Ended direct = world.run();

      untrusting.expectExit(1);
      assertThat(untrusting.event("fatal_error").getString("error_type"))
          .isEqualTo("JiraUnreachable");
      assertThat(untrusting.event("fatal_error").getString("error_message"))
          .contains("certification path");
      proxied.expectExit(0);
      assertThat(jira.issues()).hasSize(1);
      assertThat(proxy.requestLines()).containsOnly("CONNECT jira.example:443 HTTP/1.1");
      assertThat(proxy.seen()).doesNotContainIgnoringCase("authorization");
      direct.expectExit(0);
      assertThat(jira.issues().getFirst().comments()).hasSize(1);
      assertThat(proxy.requestLines()).hasSize(tunnels);
      assertThat(world.jira().requests()).as("the plain stand-in is not used").isEmpty();
    }
  }
}
