package dnsblmonitor.testing;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The {@code serve} process of the distribution that tests share: those of what runs do and of what
 * the server answers, not of how a process starts and ends. Each test has a world of its own on it,
 * one after the other: its one database is made anew for each, and {@link ServerVariables} sets
 * what the runs see.
 */
public final class SharedServer implements AutoCloseable {

  private final TestDatabase database;
  private final ServeProcess process;
  private final ServerFolder folder;
  private final Path agent;

  private SharedServer(
      TestDatabase database, ServeProcess process, ServerFolder folder, Path agent) {
    this.database = database;
    this.process = process;
    this.folder = folder;
    this.agent = agent;
  }

  static SharedServer start(TestDatabase database) {
    ServerFolder folder = ServerFolder.create("dnsbl-monitor-shared");
    try (World world = World.around(database.shared(), "zen.example").withoutJira()) {
      world.set("DRY_RUN", "true");
      world.set("WLP_OUTPUT_DIR", folder.path().resolve("output").toString());
      world.set("JVM_ARGS", "-XX:+EnableDynamicAgentLoading");
      return new SharedServer(database, ServeProcess.start(world), folder, agent(folder.path()));
    }
  }

  private static Path agent(Path folder) {
    Path jar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Agent-Class"), ServerVariables.class.getName());
    String entry = ServerVariables.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream classes = new JarOutputStream(file, manifest);
        InputStream compiled =
            Objects.requireNonNull(
                ServerVariables.class.getClassLoader().getResourceAsStream(entry))) {
      classes.putNextEntry(new JarEntry(entry));
      compiled.transferTo(classes);
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A world in which {@code zones} are asked and list nothing yet; the one before it is closed. */
  public World world(String zones) {
    return World.on(this, FakeJira.start(), zones);
  }

  /** The same with a Jira Data Center, where a token logs in without a user. */
  public World worldWithDataCenter(String zones) {
    return World.on(this, FakeJira.dataCenter(), zones).set("JIRA_USER", "");
  }

  TestDatabase database() {
    return database.shared();
  }

  public ServeProcess process() {
    return process;
  }

  /** Where it keeps its work area and logs. */
  public Path output() {
    return folder.path().resolve("output");
  }

  /** Lets runs to come, and the page, see these variables; the server was started for dry runs. */
  void use(Map<String, String> variables) {
    Properties properties = new Properties();
    properties.putAll(variables);
    properties.values().removeIf(""::equals); // else that of the server's start would count
    properties.putIfAbsent("DRY_RUN", "false");
    Path file = folder.path().resolve("variables.properties");
    try {
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
      VirtualMachine server = VirtualMachine.attach(String.valueOf(process.process().serverPid()));
      try {
        server.loadAgent(agent.toString(), file.toString());
      } finally {
        server.detach();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return !process.process().isGone();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
    database.close();
  }
}
