package dnsblmonitor.launch;

import dnsblmonitor.batch.Failures;
import dnsblmonitor.config.ServeSettings;
import dnsblmonitor.config.ServerEnvironment;
import dnsblmonitor.jobs.EnvironmentPassword;
import dnsblmonitor.jobs.JobTables;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Starts the server of {@code serve} and stops it gracefully at SIGTERM: its jobs first (R5d). If
 * the server ends on its own, that is an error.
 */
final class ServeSupervisor {

  private static final int FAILED = 1;

  /** A cold start on half a core takes about a minute. */
  private static final Duration START_LIMIT = Duration.ofMinutes(10);

  /** How often to check whether the server answers. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

  /** Server configuration for a job repository in a database. */
  private static final String JOBS = "jobs.xml";

  private final Distribution distribution;
  private final ServeSettings settings;
  private final Clock clock;
  private final RunLog log;
  private final Consumer<String> out;
  private volatile Optional<SupervisedServer> started = Optional.empty();
  private volatile boolean terminating;

  ServeSupervisor(
      Distribution distribution,
      ServeSettings settings,
      Clock clock,
      RunLog log,
      Consumer<String> out) {
    this.distribution = distribution;
    this.settings = settings;
    this.clock = clock;
    this.log = log;
    this.out = out;
  }

  /** Runs the server to its end and returns the exit code. */
  int run(String givenOutputFolder) throws InterruptedException {
    try {
      settings.jobs().ifPresent(JobTables::require);
      requireFreePort();
    } catch (DatabaseException e) {
      return failed(Failures.fatal(e));
    } catch (IOException e) {
      return failed(
          ErrorType.START_FAILED,
          "cannot listen on SERVE_HTTPS_PORT %d at SERVE_HTTPS_HOST %s: %s"
              .formatted(settings.httpsPort(), settings.httpsHost(), e.getMessage()));
    }
    try (WorkFolder work =
            WorkFolder.create(
                givenOutputFolder, distribution.warmWorkFolder(), Distribution.SERVE_SERVER);
        SecurityFolder security =
            SecurityFolder.below(work.path().resolve(Distribution.SERVE_SERVER))) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> terminate(work, security)));
      security.fill(
          settings.users(), settings.key(), settings.jobs().map(_ -> JOBS).stream().toList());
      return supervise(work);
    } catch (IOException e) {
      return failed(ErrorType.START_FAILED, "cannot start the server: " + e.getMessage());
    }
  }

  /** Liberty would only log it and keep running without a port. */
  private void requireFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // connections of a previous server may linger
      socket.bind(address());
    }
  }

  private InetSocketAddress address() throws IOException {
    return settings.httpsHost().equals("*")
        ? new InetSocketAddress(settings.httpsPort())
        : new InetSocketAddress(InetAddress.getByName(settings.httpsHost()), settings.httpsPort());
  }

  /** Liberty opens the port after it reports the application's start: seen refused 30 ms later. */
  private boolean isPortOpen() {
    try (Socket socket = new Socket()) {
      InetAddress address = address().getAddress();
      InetAddress reachable =
          address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      socket.connect(
          new InetSocketAddress(reachable, settings.httpsPort()), (int) CONNECT_LIMIT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int supervise(WorkFolder work) throws IOException, InterruptedException {
    if (terminating) {
      return FAILED; // unused: the exit code is that of the signal
    }
    SupervisedServer server =
        new SupervisedServer(
            ServerProcess.start(distribution, Distribution.SERVE_SERVER, work.path(), variables()),
            out,
            clock,
            settings.secrets());
    started = Optional.of(server);
    Thread.ofPlatform().daemon().name("start").start(() -> watchStart(server));
    int exitCode = server.awaitExitCode();
    if (terminating) {
      return exitCode;
    }
    return failed(
        server
            .startFailure()
            .orElseGet(() ->
                new FatalError(
                    ErrorType.INTERNAL_ERROR,
                    "the server ended unexpectedly with exit code %d".formatted(exitCode))));
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put(ServerEnvironment.SERVE, "true");
    variables.put(ServerEnvironment.HTTPS_HOST, settings.httpsHost());
    variables.put(ServerEnvironment.HTTPS_PORT, String.valueOf(settings.httpsPort()));
    variables.put(ServerEnvironment.JDBC_URL, settings.monitor().database().jdbcUrl());
    settings
        .schedule()
        .ifPresent(every -> variables.put(ServerEnvironment.SCHEDULE, every.toString()));
    settings
        .jobs()
        .ifPresent(jobs -> {
          variables.put(ServerEnvironment.JOBS_JDBC_URL, jobs.jdbcUrlOfServer());
          variables.put(ServerEnvironment.JOBS_USER, jobs.user());
          variables.put(EnvironmentPassword.VARIABLE, jobs.password().reveal());
        });
    return variables;
  }

  private int failed(ErrorType type, String message) {
    return failed(new FatalError(type, message));
  }

  private int failed(FatalError error) {
    log.fatalError(error, FAILED);
    return FAILED;
  }

  /** SIGTERM (or SIGINT): this is a shutdown hook, after which the JVM exits with 143 (130). */
  private void terminate(WorkFolder work, SecurityFolder security) {
    terminating = true;
    started.filter(server -> server.process().isAlive()).ifPresent(SupervisedServer::terminate);
    security.close();
    work.close();
  }

  private void watchStart(SupervisedServer server) {
    long startedNanos = System.nanoTime();
    try {
      while (!server.process().awaitEnd(LOOK)) {
        if (server.hasApplicationStarted()) {
          if (isPortOpen() && server.startFailure().isEmpty()) {
            log.serveReady(settings.url(), settings.usersByRole(), settings.schedule());
            server.process().tell(Command.READY);
            return;
          }
        } else if (System.nanoTime() - startedNanos > START_LIMIT.toNanos()) {
          server.failStart();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
