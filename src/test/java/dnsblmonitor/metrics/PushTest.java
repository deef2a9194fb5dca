package dnsblmonitor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dnsblmonitor.delivery.Deliveries;
import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.RunRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R38: the requests to a Pushgateway, and what its answers mean. */
class PushTest {

  private static final String AT = "2026-11-30T12:00:00Z";
  private static final String GROUP = "/base/metrics/job/dnsbl_monitor/deployment/prod";

  /** A request as the server got it. */
  private record Request(String method, String path, String type, String login, String body) {}

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int status = 200;
  private String answer = "";
  private boolean hangs;
  private Map<String, String> headers = Map.of();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    if (hangs) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    headers.forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private Delivery delivery(RunRecord run) {
    return delivery(run, Optional.empty());
  }

  private Delivery delivery(RunRecord run, Optional<Secret> authorization) {
    URI url = URI.create("http://127.0.0.1:%d/base".formatted(server.getAddress().getPort()));
    MetricsSettings settings =
        new MetricsSettings(
            Runs.DEPLOYMENT,
            Optional.empty(),
            Optional.of(new HttpEndpoint(url, authorization, Optional.empty(), Optional.empty())));
    return new MetricsTargets(settings, Runs.VERSION).deliveries(run).getFirst();
  }

  @Test
  void aRunThatKnowsEverythingReplacesItsGroupAndTheTimeOfItsOutcome() throws Exception {
    RunRecord run = Runs.eventful(AT).record();
    RunMetrics scraped = new RunMetrics();
    scraped.add(run, Runs.DEPLOYMENT, Runs.VERSION);

    delivery(run).attempt();

    assertThat(requests)
        .extracting(Request::method, Request::path, Request::type)
        .containsExactly(
            tuple("PUT", GROUP, RunMetrics.CONTENT_TYPE),
            tuple("PUT", GROUP + "/outcome/succeeded", RunMetrics.CONTENT_TYPE));
    List<String> pushed = new ArrayList<>();
    requests.forEach(request -> pushed.addAll(request.body().lines().toList()));
    assertThat(pushed)
        .containsExactlyInAnyOrderElementsOf(
            scraped.text(Runs.DEPLOYMENT, Runs.VERSION).lines().toList());
    assertThat(requests.getLast().body().lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"succeeded\"} 1.796040002E9");
  }

  @Test
  void aRunThatDoesNotKnowEverythingReplacesWhatItKnows() throws Exception {
    delivery(Runs.failed(AT).record()).attempt();

    assertThat(requests)
        .extracting(Request::method, Request::path)
        .containsExactly(tuple("POST", GROUP), tuple("PUT", GROUP + "/outcome/failed"));
    assertThat(requests.getFirst().body()).doesNotContain("dnsbl_monitor_listing");
  }

  @ParameterizedTest
  @CsvSource({"Basic bW9uaXRvcjpwdw==", "Bearer a-made-up-token"})
  void theLoginIsSentAndNotShown(String login) throws Exception {
    Delivery delivery = delivery(Runs.quiet(AT).record(), Optional.of(new Secret(login)));

    delivery.attempt();

    assertThat(requests).extracting(Request::login).containsExactly(login, login);
    assertThat(delivery.target()).isEqualTo("http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(delivery + "").doesNotContain(login);
  }

  @Test
  void aRefusedLoginIsNotTriedAgain() {
    status = 401;
    answer = "Unauthorized";

    assertThatThrownBy(delivery(Runs.quiet(AT).record())::attempt)
        .isInstanceOf(DeliveryException.class)
        .hasMessage("answered HTTP 401: Unauthorized. Check the login or the token");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRefusedPushSaysWhy() {
    status = 400;
    answer = "pushed metrics are invalid or inconsistent with existing metrics\n";

    assertThatThrownBy(delivery(Runs.quiet(AT).record())::attempt)
        .hasMessage(
            "answered HTTP 400: pushed metrics are invalid or inconsistent with existing metrics");
  }

  @Test
  void aRedirectIsNotFollowed() {
    status = 302;
    headers = Map.of("Location", "/elsewhere");

    assertThatThrownBy(delivery(Runs.quiet(AT).record(), Optional.of(new Secret("x")))::attempt)
        .hasMessageContaining("a redirect, which is not followed");
    assertThat(requests).extracting(Request::path).containsExactly(GROUP);
  }

  @Test
  void aServerThatHangsIsLeftAfterTheLimit() {
    hangs = true;
    List<String> failures = new ArrayList<>();

    Deliveries.carryOut(
        List.of(delivery(Runs.quiet(AT).record())),
        Duration.ofSeconds(1),
        (to, why) -> failures.add(to.target() + " " + why));

    assertThat(failures)
        .containsExactly(
            "http://127.0.0.1:%d no answer within 1 s".formatted(server.getAddress().getPort()));
  }

  @Test
  void aServerThatIsNotThereIsNamedAsTheReason() {
    Delivery delivery = delivery(Runs.quiet(AT).record());
    server.stop(0);

    assertThatThrownBy(delivery::attempt)
        .hasMessage("cannot connect; check host, port, firewall and NetworkPolicy");
  }
}
