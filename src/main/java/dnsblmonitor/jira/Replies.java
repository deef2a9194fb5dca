package dnsblmonitor.jira;

import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges Jira's answers, and quotes what they say (R25c, R27, R32). */
final class Replies {

  private static final int MAX_QUOTE_LENGTH = 500;
  private static final String LOGIN_REASON = "X-Seraph-LoginReason";
  private static final String DENIED_REASON = "X-Authentication-Denied-Reason";

  private final Redaction redaction;
  private final Optional<InetSocketAddress> proxy;
  private volatile boolean jiraAnswered;

  Replies(JiraSettings settings) {
    this.redaction = new Redaction(List.of(settings.apiToken(), settings.credentials()));
    this.proxy = settings.proxy();
  }

  /**
   * Throws if Jira refused the login, in whatever way it says so, or if it was not Jira that
   * answered.
   */
  void checkLogin(String what, Reply reply) {
    if (!jiraAnswered) {
      proxy.ifPresent(address -> checkProxy(what, reply, address));
      jiraAnswered = reply.succeeded() && !reply.isForeign();
    }
    String reason = reply.header(LOGIN_REASON).orElse("");
    String login = reason.toUpperCase(Locale.ROOT);
    String denied = reply.header(DENIED_REASON).orElse("");
    if (reply.status() == 401) {
      throw authenticationFailed(what, "HTTP 401" + words(reply));
    }
    // a 200 with nothing in it goes with this header, when the credentials were refused
    if (login.contains("AUTHENTICATED_FAILED") || login.contains("DENIED")) {
      throw authenticationFailed(what, LOGIN_REASON + ": " + quoted(reason));
    }
    if (reply.status() == 403 && !denied.isEmpty()) {
      throw authenticationFailed(what, DENIED_REASON + ": " + quoted(denied));
    }
    if (reply.status() / 100 == 3) {
      throw new TicketDeskException(
          Fault.CONFIGURATION_ERROR,
          "%s: HTTP %d, a redirect to %s; set JIRA_SERVER to the final URL"
              .formatted(
                  what,
                  reply.status(),
                  quoted(reply.header("Location").orElse("nowhere").replaceFirst("[?#].*", ""))));
    }
  }

  /** The client hands a proxy's refusal to connect out as if it were Jira's answer. */
  private static void checkProxy(String what, Reply reply, InetSocketAddress address) {
    boolean jiras =
        reply.object().isPresent()
            || reply.header(LOGIN_REASON).isPresent()
            || reply.header(DENIED_REASON).isPresent();
    if (reply.status() == 407 || (reply.status() == 403 && !jiras)) {
      throw new TicketDeskException(
          Fault.CONFIGURATION_ERROR,
          "%s: HTTP %d, probably from the proxy %s:%d; check HTTPS_PROXY, NO_PROXY and the proxy's rules"
              .formatted(what, reply.status(), address.getHostString(), address.getPort()));
    }
  }

  TicketDeskException authenticationFailed(String what, String said) {
    return new TicketDeskException(
        Fault.AUTHENTICATION_FAILED,
        "%s: Jira rejected the credentials (%s); check JIRA_USER and JIRA_API_TOKEN"
            .formatted(what, said));
  }

  /** The object that a read must answer. */
  JsonObject object(String what, Reply reply) {
    return json(what, reply, reply.object());
  }

  JsonArray array(String what, Reply reply) {
    return json(what, reply, reply.array());
  }

  private <T> T json(String what, Reply reply, Optional<T> json) {
    if (!reply.succeeded()) {
      throw unusable(what, reply);
    }
    return json.orElseThrow(() -> noJson(what, reply));
  }

  /** A read that Jira, or something before it, refused. */
  TicketDeskException unusable(String what, Reply reply) {
    return reply.object().isPresent() || reply.body().isBlank()
        ? new TicketDeskException(
            Fault.CONFIGURATION_ERROR,
            "%s: HTTP %d%s".formatted(what, reply.status(), words(reply)))
        : noJson(what, reply);
  }

  private TicketDeskException noJson(String what, Reply reply) {
    return new TicketDeskException(
        Fault.CONFIGURATION_ERROR,
        "%s: HTTP %d with %s instead of JSON; check that JIRA_SERVER is the base URL of Jira"
            .formatted(
                what, reply.status(), quoted(reply.header("Content-Type").orElse("a body"))));
  }

  TicketDeskException refused(String what, Reply reply) {
    return new TicketDeskException(
        Fault.TICKET_REFUSED, "%s: HTTP %d%s".formatted(what, reply.status(), words(reply)));
  }

  /** What an error answer says, after a colon; empty if it says nothing. */
  String words(Reply reply) {
    return reply.object().map(this::words).orElse("");
  }

  /** The same of an error that is part of an answer. */
  String words(JsonObject error) {
    List<String> words = new ArrayList<>(Wire.texts(error, "errorMessages"));
    Wire.text(error, "errorMessage").ifPresent(words::add);
    Wire.text(error, "message").ifPresent(words::add);
    Wire.object(error, "errors")
        .forEach((field, text) ->
            words.add(field + ": " + (text instanceof JsonString s ? s.getString() : text)));
    return words.isEmpty() ? "" : ": " + quoted(String.join("; ", words));
  }

  /** What somebody else wrote, fit for a message: one line, bounded, without our credentials. */
  String quoted(String said) {
    String line = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    String safe = redaction.of(line);
    return safe.length() <= MAX_QUOTE_LENGTH ? safe : safe.substring(0, MAX_QUOTE_LENGTH) + "...";
  }
}
