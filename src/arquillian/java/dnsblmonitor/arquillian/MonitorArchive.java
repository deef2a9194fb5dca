package dnsblmonitor.arquillian;

import dnsblmonitor.testing.World;
import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The monitor's WAR as the build made it, with the tests' fakes and without what ends a server. */
public final class MonitorArchive {

  private static final String BUILT = "target/war";

  private MonitorArchive() {}

  /** The WAR; {@code tests} are classes that tests use inside the server. */
  public static WebArchive withTests(Class<?>... tests) {
    GenericArchive built =
        ShrinkWrap.create(ExplodedImporter.class, "built.war")
            .importDirectory(
                new File(BUILT),
                // of web.xml, metadata-complete would keep Arquillian's own servlet out
                Filters.exclude("/WEB-INF/(classes/dnsblmonitor/launch/.*|web\\.xml)"))
            .as(GenericArchive.class);
    return ShrinkWrap.create(WebArchive.class, "monitor-under-test.war")
        .merge(built)
        .addPackage(World.class.getPackage())
        .addPackage(MonitorArchive.class.getPackage())
        .addClasses(tests)
        .addAsLibraries(jarOf(Assertions.class));
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
