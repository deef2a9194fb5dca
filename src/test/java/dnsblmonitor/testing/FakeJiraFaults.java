package dnsblmonitor.testing;

import java.util.ArrayList;
import java.util.List;

/** What is to go wrong with which requests; the earlier wish first. Thread-safe. */
final class FakeJiraFaults {

  private record Awaited(String method, String pathPattern, FakeJiraFault fault) {}

  private final List<Awaited> faults = new ArrayList<>();

  synchronized void add(String method, String pathPattern, FakeJiraFault fault) {
    faults.add(new Awaited(method, pathPattern, fault));
  }

  synchronized void clear() {
    faults.clear();
  }

  /** What {@code request} meets: nothing, mostly. */
  synchronized FakeJiraFault next(FakeJiraRequest request) {
    for (Awaited awaited : faults) {
      FakeJiraFault fault = awaited.fault();
      if (fault.timesLeft > 0
          && awaited.method().equals(request.method())
          && request.path().matches(awaited.pathPattern())) {
        fault.timesLeft--;
        return fault;
      }
    }
    return FakeJiraFault.rightAnswer();
  }
}
