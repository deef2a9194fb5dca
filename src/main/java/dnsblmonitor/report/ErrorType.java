package dnsblmonitor.report;

/** What ended a run with exit code 1; {@link #label()} is the log's {@code error_type}. */
public enum ErrorType {
  CONFIGURATION_ERROR("ConfigurationError"),
  DATABASE_UNREACHABLE("DatabaseUnreachable"),
  DATABASE_SCHEMA_ERROR("DatabaseSchemaError"),
  JIRA_AUTHENTICATION_FAILURE("JiraAuthenticationFailure"),
  JIRA_CONFIGURATION_ERROR("JiraConfigurationError"),
  JIRA_UNREACHABLE("JiraUnreachable"),
  LOCK_LOST("LockLost"),
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  START_FAILED("StartFailed"),
  INTERNAL_ERROR("InternalError");

  private final String label;

  ErrorType(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
