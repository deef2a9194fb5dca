package dnsblmonitor.batch;

/** Makes the parts of a run, from the configuration. */
@FunctionalInterface
public interface RunFactory {

  RunParts open();
}
