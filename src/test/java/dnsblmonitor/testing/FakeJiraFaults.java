package dnsblmonitor.testing;

import java.util.ArrayList;
import java.util.List;

/** What is to go wrong with which requests; the earlier wish first. Thread-safe. */
final class FakeJiraFaults {

  private record Awaited(String method, String pathPattern, FakeJiraFault fault) {}

  private final List<Awaited> faults = new ArrayList<>();
  private int requestsToSpare;

  synchronized void add(String method, String pathPattern, FakeJiraFault fault) {
    faults.add(new Awaited(method, pathPattern, fault));
  }

  /** The faults wait until {@code requests} more have come. */
  synchronized void spare(int requests) {
    requestsToSpare = requests;
  }

  synchronized void clear() {
    faults.clear();
    requestsToSpare = 0;
  }

  /** What {@code request} meets: nothing, mostly. */
  synchronized FakeJiraFault next(FakeJiraRequest request) {
    if (requestsToSpare > 0) {
      requestsToSpare--;
      return FakeJiraFault.rightAnswer();
    }
    for (Awaited awaited : faults) {
      FakeJiraFault fault = awaited.fault();
      if (fault.timesLeft > 0
          && request.method().matches(awaited.method())
          && request.path().matches(awaited.pathPattern())) {
        fault.timesLeft--;
        return fault;
      }
    }
    return FakeJiraFault.rightAnswer();
  }
}
