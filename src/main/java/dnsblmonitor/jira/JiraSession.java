package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;

/** One Jira under work: what every request of this room needs. */
record JiraSession(
    JiraSettings settings, JiraDialect dialect, JiraApi api, JiraCalls calls, Replies replies) {

  /** Asks the server which Jira it is, unless the settings say so (R29). */
  static JiraSession open(JiraSettings settings, JiraCalls calls, Replies replies) {
    JiraKind kind = settings.kind().orElseGet(() -> ask(settings, calls, replies));
    if (kind == JiraKind.CLOUD && settings.user().isEmpty()) {
      throw new TicketDeskException(
          Fault.CONFIGURATION_ERROR,
          "%s is a Jira Cloud: JIRA_USER must be the email of the account that the token belongs to"
              .formatted(settings.server()));
    }
    JiraDialect dialect = kind.dialect();
    return new JiraSession(
        settings, dialect, JiraConnector.connect(settings, dialect.apiPath()), calls, replies);
  }

  /** By version 2 of the API, which both kinds have. */
  private static JiraKind ask(JiraSettings settings, JiraCalls calls, Replies replies) {
    JiraApi api = JiraConnector.connect(settings, DataCenterDialect.API_PATH);
    try {
      String what = "question which Jira " + settings.server() + " is";
      return JiraKind.of(replies.object(what, calls.repeatedly(what, api::serverInfo)));
    } finally {
      JiraConnector.close(api);
    }
  }

  void close() {
    JiraConnector.close(api);
  }
}
