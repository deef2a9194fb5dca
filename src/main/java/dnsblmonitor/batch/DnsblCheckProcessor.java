package dnsblmonitor.batch;

import dnsblmonitor.domain.AddressLookups;
import dnsblmonitor.domain.MonitoredIp;
import jakarta.batch.api.chunk.ItemProcessor;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Starts an address's lookups without waiting, so that all lookups of a chunk run concurrently. */
@Named
@Dependent
class DnsblCheckProcessor implements ItemProcessor {

  private final CurrentRun current;

  @Inject
  DnsblCheckProcessor(CurrentRun current) {
    this.current = current;
  }

  @Override
  public AddressLookups processItem(Object item) {
    Run run = current.get();
    run.checkNotStopped();
    AddressLookups lookups =
        AddressLookups.start(
            run.parts().lookups(), run.parts().scope().zones(), (MonitoredIp) item);
    run.checkNotStopped(); // a stop in between did not cancel these; they end with the run
    if (run.isCheckingOver()) {
      lookups.cancel();
    }
    return lookups;
  }
}
