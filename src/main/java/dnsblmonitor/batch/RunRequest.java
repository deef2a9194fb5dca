package dnsblmonitor.batch;

import java.util.Map;

/**
 * What an execution of the job was asked for, as it came: nothing of it is validated.
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
