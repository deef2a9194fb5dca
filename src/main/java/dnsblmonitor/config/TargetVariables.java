package dnsblmonitor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.metrics.MetricsSettings;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.notify.Topic;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the {@code METRICS_...} and {@code NOTIFY_...} variables and {@code SMTP_URL}. */
final class TargetVariables {

  private static final Pattern MAIL_ADDRESS = Pattern.compile("[!-~&&[^@<>,;:\"()]]+@[\\w.-]+");

  /** What a header takes (RFC 9110, section 5.5), without spaces. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private static final int SUBMISSION_PORT = 587; // RFC 6409
  private static final int SUBMISSIONS_PORT = 465; // RFC 8314

  private final Variables variables;
  private final String deployment;
  private final Optional<KeyStore> trustStore;

  TargetVariables(Variables variables, String deployment, Optional<KeyStore> trustStore) {
    this.variables = variables;
    this.deployment = deployment;
    this.trustStore = trustStore;
  }

  /** Empty: no metrics leave a run. */
  Optional<MetricsSettings> metrics() {
    Optional<Path> file = variables.text("METRICS_FILE").flatMap(this::metricsFile);
    Optional<HttpEndpoint> push = push();
    return file.isEmpty() && push.isEmpty()
        ? Optional.empty()
        : Optional.of(new MetricsSettings(deployment, file, push));
  }

  /** node_exporter reads only files with this ending. */
  private Optional<Path> metricsFile(String text) {
    try {
      Path file = Path.of(text);
      if (file.isAbsolute() && text.endsWith(".prom")) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // reported below
    }
    variables.fault(
        "METRICS_FILE", "'%s' is not the absolute path of a file NAME.prom".formatted(text));
    return Optional.empty();
  }

  private Optional<HttpEndpoint> push() {
    String name = "METRICS_PUSH_URL";
    Optional<String> url = variables.textOrFile(name);
    Optional<String> token = variables.textOrFile("METRICS_PUSH_TOKEN");
    if (token.isPresent()) {
      requireWith("METRICS_PUSH_TOKEN", name, url);
      if (!TOKEN.matcher(token.get()).matches()) {
        variables.fault("METRICS_PUSH_TOKEN", "is not one word of visible ASCII characters");
      }
    }
    return url.flatMap(text -> {
      Optional<URI> parsed = httpUrl(name, text, true);
      Optional<String> login = parsed.flatMap(it -> Optional.ofNullable(it.getRawUserInfo()));
      if (login.isPresent() && token.isPresent()) {
        variables.fault("METRICS_PUSH_TOKEN", name + " contains a login; set only one of them");
      }
      return parsed.map(it ->
          endpoint(
              URI.create(it.toString().replaceFirst("//[^/@]*@", "//").replaceFirst("/+$", "")),
              login
                  .map(TargetVariables::basic)
                  .or(() -> token.map(bearer -> new Secret("Bearer " + bearer)))));
    });
  }

  /** The Authorization header for {@code user:password} of a URL (RFC 7617). */
  private static Secret basic(String userInfo) {
    String[] login = userInfo.split(":", 2);
    Secret password = new Secret(login.length == 2 ? decoded(login[1]) : "");
    return new Secret("Basic " + password.basicCredential(decoded(login[0])).reveal());
  }

  private HttpEndpoint endpoint(URI url, Optional<Secret> authorization) {
    return new HttpEndpoint(
        url, authorization, trustStore, new HttpsProxy(variables).to(host(url)));
  }

  /** Empty: nothing is sent. */
  Optional<NotifySettings> notifications() {
    Set<Topic> topics = topics();
    Optional<String> webhookUrl = variables.textOrFile("NOTIFY_WEBHOOK_URL");
    Optional<HttpEndpoint> webhook = webhook("NOTIFY_WEBHOOK_URL", webhookUrl);
    Optional<String> secret = variables.textOrFile("NOTIFY_WEBHOOK_SECRET");
    if (secret.isPresent()) {
      requireWith("NOTIFY_WEBHOOK_SECRET", "NOTIFY_WEBHOOK_URL", webhookUrl);
    }
    Optional<HttpEndpoint> chat =
        webhook("NOTIFY_SLACK_URL", variables.textOrFile("NOTIFY_SLACK_URL"));
    Optional<NotifySettings.Mail> mail = mail();
    return webhook.isEmpty() && chat.isEmpty() && mail.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NotifySettings(
                deployment, topics, webhook.flatMap(it -> signed(it, secret)), chat, mail));
  }

  private Optional<NotifySettings.Webhook> signed(HttpEndpoint endpoint, Optional<String> secret) {
    return variables.parsed(
        "NOTIFY_WEBHOOK_SECRET",
        secret.orElse(""),
        _ -> Optional.of(new NotifySettings.Webhook(endpoint, secret.map(Secret::new))),
        Optional.empty());
  }

  private Set<Topic> topics() {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    List<String> labels = Variables.commaSeparated(variables.required("NOTIFY_ON"));
    if (labels.isEmpty()) {
      variables.fault("NOTIFY_ON", "names no topic; to send nothing, unset the targets");
    }
    for (String label : labels) {
      Optional<Topic> topic =
          Arrays.stream(Topic.values())
              .filter(it -> it.label().equalsIgnoreCase(label))
              .findFirst();
      topic.ifPresentOrElse(
          topics::add,
          () ->
              variables.fault(
                  "NOTIFY_ON",
                  "'%s' is not one of %s"
                      .formatted(
                          label,
                          Arrays.stream(Topic.values())
                              .map(Topic::label)
                              .collect(Collectors.joining(", ")))));
    }
    return topics;
  }

  private Optional<HttpEndpoint> webhook(String name, Optional<String> given) {
    return given
        .flatMap(text -> httpUrl(name, text, false))
        .map(url -> endpoint(url, Optional.empty()));
  }

  /** All three or none. */
  private Optional<NotifySettings.Mail> mail() {
    Optional<String> to = variables.text("NOTIFY_MAIL_TO");
    Optional<String> from = variables.text("NOTIFY_MAIL_FROM");
    Optional<String> server = variables.textOrFile("SMTP_URL");
    if (to.isEmpty() && from.isEmpty() && server.isEmpty()) {
      return Optional.empty();
    }
    requireForMail("NOTIFY_MAIL_TO", to);
    requireForMail("NOTIFY_MAIL_FROM", from);
    requireForMail("SMTP_URL", server);
    List<String> recipients = Variables.commaSeparated(to.orElse(""));
    if (to.isPresent() && recipients.isEmpty()) {
      variables.fault("NOTIFY_MAIL_TO", "contains no address");
    }
    recipients.forEach(address -> requireMailAddress("NOTIFY_MAIL_TO", address));
    from.ifPresent(address -> requireMailAddress("NOTIFY_MAIL_FROM", address));
    return server.flatMap(this::smtpServer).map(url -> mail(url, from.orElse(""), recipients));
  }

  private NotifySettings.Mail mail(URI url, String from, List<String> to) {
    boolean tls = url.getScheme().equalsIgnoreCase("smtps");
    int usualPort = tls ? SUBMISSIONS_PORT : SUBMISSION_PORT;
    Optional<NotifySettings.Login> login =
        Optional.ofNullable(url.getRawUserInfo())
            .map(it -> it.split(":", 2))
            .map(it -> new NotifySettings.Login(decoded(it[0]), new Secret(decoded(it[1]))));
    return new NotifySettings.Mail(
        host(url),
        url.getPort() > 0 ? url.getPort() : usualPort,
        tls,
        !tls && !JiraVariables.isLoopback(host(url)),
        login,
        trustStore,
        from,
        to);
  }

  private Optional<URI> smtpServer(String text) {
    try {
      URI url = new URI(text.replaceFirst("/$", ""));
      String scheme = Objects.requireNonNullElse(url.getScheme(), "");
      String login = Objects.requireNonNullElse(url.getRawUserInfo(), "user:password");
      if ((scheme.equalsIgnoreCase("smtp") || scheme.equalsIgnoreCase("smtps"))
          && !host(url).isEmpty()
          && hasPort(url)
          && login.indexOf(':') > 0
          && "".equals(url.getRawPath())
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // reported below, without the value, which may contain a password
    }
    variables.fault(
        "SMTP_URL",
        "is not smtp[s]://[user:password@]host[:port]; percent-encode other characters than letters, digits and -._~ in user and password (/ is %2F, @ is %40)");
    return Optional.empty();
  }

  private void requireForMail(String name, Optional<String> value) {
    if (value.isEmpty()) {
      variables.fault(name, "is required for mail (NOTIFY_MAIL_TO, NOTIFY_MAIL_FROM and SMTP_URL)");
    }
  }

  private void requireMailAddress(String name, String address) {
    if (!MAIL_ADDRESS.matcher(address).matches()) {
      variables.fault(name, "'%s' is not an address such as ops@example.com".formatted(address));
    }
  }

  private void requireWith(String name, String needed, Optional<String> value) {
    if (value.isEmpty()) {
      variables.fault(name, "is set, but %s is not; set both or none".formatted(needed));
    }
  }

  /** A URL that may be sent to: its path and query can be secret, so no message contains them. */
  private Optional<URI> httpUrl(String name, String text, boolean withLogin) {
    try {
      URI url = new URI(text);
      if (JiraVariables.isEncryptedOrLocal(url, host(url))
          && !host(url).isEmpty()
          && hasPort(url)
          && (withLogin ? url.getRawQuery() == null : url.getRawUserInfo() == null)
          && url.getRawFragment() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    variables.fault(
        name,
        withLogin
            ? "is not https://[user:password@]host[:port][/path], or http for a loopback address"
            : "is not an https URL without user and password, or http for a loopback address");
    return Optional.empty();
  }

  /** A valid one, or none. */
  private static boolean hasPort(URI url) {
    return url.getPort() == -1 || (url.getPort() >= 1 && url.getPort() <= 65_535);
  }

  private static String host(URI url) {
    return Objects.requireNonNullElse(url.getHost(), "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
