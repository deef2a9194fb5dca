package dnsblmonitor.arquillian;

import dnsblmonitor.testing.World;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The monitor's WAR as the build made it, with the tests' fakes and without what ends a server. */
public final class MonitorArchive {

  /** The job with a transaction time-out of two seconds. */
  public static final String BRIEF_JOB = "brief-transaction";

  private static final String BUILT = "target/war";
  private static final String JOBS = "META-INF/batch-jobs/";

  private MonitorArchive() {}

  /** The WAR; {@code tests} are classes that tests use inside the server. */
  public static WebArchive withTests(Class<?>... tests) {
    GenericArchive built =
        ShrinkWrap.create(ExplodedImporter.class, "built.war")
            .importDirectory(
                new File(BUILT),
                // of web.xml, metadata-complete would keep Arquillian's own servlet out; without
                // it,
                // Liberty takes what is in web for components, of a server that has more features
                Filters.exclude("/WEB-INF/(classes/dnsblmonitor/(launch|web)/.*|web\\.xml)"))
            .as(GenericArchive.class);
    return ShrinkWrap.create(WebArchive.class, "monitor-under-test.war")
        .merge(built)
        .addPackage(World.class.getPackage())
        .addPackage(MonitorArchive.class.getPackage())
        .addClasses(tests)
        .addAsResource(new StringAsset(briefJob()), JOBS + BRIEF_JOB + ".xml")
        .addAsLibraries(jarOf(Assertions.class));
  }

  private static String briefJob() {
    try {
      return Files.readString(Path.of(BUILT, "WEB-INF/classes", JOBS, "dnsbl-monitor.xml"))
          .replaceAll("(transaction\\.global\\.timeout\" value)=\"\\d+\"", "$1=\"1\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
