package dnsblmonitor.domain;

/** What a zone answered to the test entries of RFC 5782 5 (R14); the label stands in the log. */
public enum Probe {
  OK("Ok"),
  TEST_ENTRY_MISSING("TestEntryMissing"),
  LISTS_EVERYTHING("ListsEverything"),
  UNANSWERED("Unanswered"),
  OFF("Off");

  private final String label;

  Probe(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
