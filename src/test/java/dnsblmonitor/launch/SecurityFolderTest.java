package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.config.ServeUser;
import dnsblmonitor.config.ServeUser.Role;
import dnsblmonitor.domain.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R5d, R32: what Liberty is told of users and keys holds no password that was given. */
class SecurityFolderTest {

  private static final Secret PASSWORD = new Secret("canary-password");

  private static final List<ServeUser> USERS =
      List.of(
          new ServeUser("ann", Set.of(Role.ADMIN), PASSWORD),
          new ServeUser("bob", Set.of(Role.SUBMITTER, Role.MONITOR), PASSWORD));

  @TempDir Path output = Path.of("set by JUnit");

  @Test
  void theFolderIsForItsUserAloneAndGoesAtTheEnd() throws IOException, InterruptedException {
    Path folder = output.resolve("security");
    Files.createDirectories(folder.resolve("left"));
    try (SecurityFolder security = SecurityFolder.below(output)) {
      security.fill(USERS, Optional.empty(), List.of());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
      assertThat(folder.resolve("left")).as("of a server that was killed").doesNotExist();
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void passwordsStandThereAsHashesEachWithItsSaltAndRolesByTheirNames()
      throws IOException, InterruptedException {
    try (SecurityFolder security = SecurityFolder.below(output)) {
      security.fill(USERS, Optional.empty(), List.of());
      String xml = xml();

      assertThat(xml).doesNotContain(PASSWORD.reveal());
      assertThat(Pattern.compile("password=\"\\{hash}[^\"]+\"").matcher(xml).results())
          .extracting(result -> result.group())
          .hasSize(3)
          .doesNotHaveDuplicates();
      assertThat(xml)
          .contains("<security-role name=\"batchAdmin\"><user name=\"ann\"/></security-role>")
          .contains(
              "<security-role name=\"batchSubmitter\"><user name=\"bob\"/><user name=\"_schedule\"/></security-role>")
          .contains("<security-role name=\"batchMonitor\"><user name=\"bob\"/></security-role>")
          .containsOnlyOnce("<user>")
          .contains("<user>ann</user>");
    }
  }

  /** R40. */
  @Test
  void theApplicationRunsScheduledRunsAsAUserWhoMayOnlySubmit()
      throws IOException, InterruptedException {
    try (SecurityFolder security = SecurityFolder.below(output)) {
      security.fill(USERS, Optional.empty(), List.of());

      assertThat(xml())
          .contains("<user name=\"_schedule\" password=\"{hash}")
          .containsOnlyOnce("<run-as")
          .contains("<user name=\"_schedule\"/><run-as userid=\"_schedule\"/></security-role>");
      assertThat(Pattern.compile("<user name=\"_schedule\"/>").matcher(xml()).results())
          .as("one role, of the batch API and of the page")
          .hasSize(2);
    }
  }

  @Test
  void aCertificateIsMadeForTheNamesOfThisMachine()
      throws IOException, InterruptedException, GeneralSecurityException {
    try (SecurityFolder security = SecurityFolder.below(output)) {
      security.fill(USERS, Optional.empty(), List.of());
      X509Certificate made = (X509Certificate) key().getCertificate("dnsbl-monitor");

      assertThat(made.getSubjectAlternativeNames())
          .extracting(name -> String.valueOf(name.get(1)))
          .contains("localhost", "127.0.0.1");
    }
  }

  private KeyStore key() throws IOException, GeneralSecurityException {
    Matcher password = Pattern.compile("keysPassword=\"([^\"]+)\"").matcher(xml());
    assertThat(password.find()).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(output.resolve("security/key.p12"))) {
      store.load(file, password.group(1).toCharArray());
    }
    return store;
  }

  private String xml() throws IOException {
    return Files.readString(output.resolve("security/security.xml"));
  }
}
