package dnsblmonitor.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the server that all tests of this JVM share to parameters of type {@link SharedServer}. It
 * starts with the first of them, is started anew if one has ended it, and ends with the JVM's last
 * test.
 */
public final class SharedServerExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SharedServer.class;
  }

  @Override
  public SharedServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    boolean onMariaDb = context.getTags().contains("mariadb");
    Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    SharedServer server = get(store, onMariaDb);
    if (!server.isAlive()) {
      store.remove(onMariaDb);
      server.close();
      server = get(store, onMariaDb);
    }
    return server;
  }

  private static SharedServer get(Store store, boolean onMariaDb) {
    return store.getOrComputeIfAbsent(
        onMariaDb,
        _ -> SharedServer.start(onMariaDb ? TestMariaDb.create() : TestDatabase.create()),
        SharedServer.class);
  }
}
