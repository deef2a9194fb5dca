package dnsblmonitor.batch;

import java.util.Map;

/**
 * The job parameters of an execution, not validated.
 *
 * @param given the execution's job parameters
 * @param first those of the first execution of its job instance: the same, unless this is a restart
 */
public record RunRequest(Map<String, String> given, Map<String, String> first) {

  public RunRequest {
    given = Map.copyOf(given);
    first = Map.copyOf(first);
  }
}
