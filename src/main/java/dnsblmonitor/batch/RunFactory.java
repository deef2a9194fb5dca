package dnsblmonitor.batch;

/** Makes the parts of a run, from the configuration and what the job execution was asked for. */
@FunctionalInterface
public interface RunFactory {

  Opening open(RunRequest request);
}
