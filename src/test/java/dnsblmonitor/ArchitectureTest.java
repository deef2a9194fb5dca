package dnsblmonitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dnsblmonitor.jobs.EnvironmentPassword;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the rooms, and who alone may know what. */
class ArchitectureTest {

  private static final List<String> ROOMS =
      List.of(
          "domain",
          "batch",
          "postal",
          "dnsbl",
          "jira",
          "jobs",
          "report",
          "history",
          "delivery",
          "metrics",
          "notify",
          "config",
          "launch",
          "ops",
          "web");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dnsblmonitor");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          domain |
          postal | domain
          dnsbl  | domain
          jira   | domain
          jobs   | domain postal
          report | domain
          history | domain postal
          delivery | domain
          metrics | domain history delivery
          notify | domain history delivery
          batch  | domain postal dnsbl jira report history delivery metrics notify
          config | domain postal dnsbl jira jobs report history delivery metrics notify batch
          launch | domain postal dnsbl jira jobs report batch config
          ops    | domain postal dnsbl jira report history delivery metrics notify config
          web    | domain postal dnsbl jobs report history metrics batch config
          """)
  void aRoomKnowsOnlyTheRoomsThatItsArrowsPointTo(String room, String known) {
    List<String> forbidden = new ArrayList<>(ROOMS);
    forbidden.remove(room);
    if (known != null) {
      forbidden.removeAll(Arrays.asList(known.split(" ")));
    }
    check(
        noClasses()
            .that()
            .resideInAPackage("dnsblmonitor." + room)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                forbidden.stream().map("dnsblmonitor."::concat).toArray(String[]::new)));
  }

  @Test
  void theRoomsHaveNoCycles() {
    check(slices().matching("dnsblmonitor.(*)..").should().beFreeOfCycles());
  }

  @Test
  void theRulesKnowNothingButTheJdkAndNullMarks() {
    check(
        classes()
            .that()
            .resideInAPackage("dnsblmonitor.domain")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dnsblmonitor.domain", "java..", "org.jspecify.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("dnsblmonitor.domain")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io",
                "java.nio",
                "java.nio.channels..",
                "java.nio.file..",
                "java.sql..",
                "java.util.logging..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jakarta.persistence..                         | postal
          org.hibernate..                               | postal
          java.sql..                                    | postal jobs history
          javax.sql..                                   | jobs
          javax.naming..                                | jobs
          org.postgresql..                              | jobs
          org.xbill..                                   | dnsbl
          jakarta.ws.rs..                               | jira web
          org.eclipse.microprofile.rest..               | jira
          org.eclipse.microprofile.faulttolerance..     | jira
          jakarta.batch..                               | batch launch web
          jakarta.servlet..                             | web
          com.samskivert..                              | web
          org.eclipse.microprofile.config..             | config
          org.eclipse.microprofile.health..             | web
          org.flywaydb..                                | ops
          io.prometheus..                               | metrics
          jakarta.mail..                                | notify
          jakarta.activation..                          | notify
          org.eclipse.angus..                           | notify
          java.net.http..                               | delivery
          """)
  void aLibraryIsKnownOnlyInItsRoom(String library, String rooms) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                Arrays.stream(rooms.split(" ")).map("dnsblmonitor."::concat).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  @Test
  void theEnvironmentIsReadOnlyThroughMicroProfileConfig() {
    check(noClasses().should().callMethod(System.class, "getenv"));
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(EnvironmentPassword.class) // beside the driver there is none
            .should()
            .callMethod(System.class, "getenv", String.class));
  }

  @Test
  void theTimeComesFromAnInjectedClock() {
    check(noClasses().should().callMethod(java.time.Instant.class, "now"));
    check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
  }

  /** A run's clock counts elapsed time; the system's can be set while the run waits. */
  @Test
  void theSystemsClockIsReadOnlyWhereAProcessStays() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dnsblmonitor.launch", "dnsblmonitor.web")
            .should()
            .callMethod(java.time.Clock.class, "systemUTC"));
  }

  private static void check(ArchRule rule) {
    rule.check(CODE);
  }
}
