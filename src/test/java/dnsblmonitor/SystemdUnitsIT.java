package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.NeedsSystemd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units in the distribution, as systemd reads them. */
@NeedsSystemd
class SystemdUnitsIT {

  private static final String RUN = "dnsbl-monitor.service";
  private static final String SERVE = "dnsbl-monitor-serve.service";
  private static final String TIMER = "dnsbl-monitor.timer";
  private static final String HARDENING = "# hardening";

  /** Tenths of systemd's level of exposure, 0 to 10.0: 1.3 with systemd 252. */
  private static final int MAX_EXPOSURE = 13;

  @TempDir Path folder = Path.of("set by JUnit");

  /** What came out, and how it ended. */
  private record Verdict(int exitCode, String said) {}

  /** Their program is where the build left it, which systemd looks at. */
  @BeforeEach
  void copyUnits() throws IOException {
    Path distribution = MonitorProcess.distribution();
    for (String unit : List.of(RUN, SERVE, TIMER)) {
      Files.writeString(
          folder.resolve(unit),
          Files.readString(distribution.resolve("systemd").resolve(unit))
              .replace("/opt/dnsbl-monitor", distribution.toString()));
    }
  }

  private Verdict analyze(String... arguments) {
    List<String> command = new ArrayList<>(List.of("systemd-analyze"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Verdict(process.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, SERVE, TIMER})
  void systemdHasNothingToSayAboutAUnit(String unit) {
    assertThat(analyze("verify", "./" + unit)).isEqualTo(new Verdict(0, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, SERVE})
  void aServiceIsHardlyExposed(String unit) {
    Verdict verdict =
        analyze("security", "--offline=yes", "--threshold=" + MAX_EXPOSURE, "./" + unit);

    assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    assertThat(verdict.said()).contains("Overall exposure level");
  }

  @Test
  void bothServicesAreHardenedInTheSameWay() throws IOException {
    List<String> run = hardening(RUN);

    assertThat(run).hasSizeGreaterThan(20).isEqualTo(hardening(SERVE));
  }

  private List<String> hardening(String unit) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(unit))) {
      return lines
          .dropWhile(line -> !line.startsWith(HARDENING))
          .takeWhile(line -> !line.startsWith("["))
          .filter(line -> !line.isBlank())
          .toList();
    }
  }
}
