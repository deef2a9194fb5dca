package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;

/** What each contract of Postal's table begins and ends with. */
interface OnPostalTable {

  /** The same at each call, fresh for each test. */
  PostalTable postal();

  @AfterEach
  default void dropDatabase() {
    postal().close();
  }

  default TestDatabase database() {
    return postal().database();
  }
}
