package dnsblmonitor.arquillian;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Tells Arquillian, on the side of the build, to prepare the server before it starts it. */
public final class ServerExtension implements LoadableExtension {

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(ServerSurroundings.class);
  }
}
