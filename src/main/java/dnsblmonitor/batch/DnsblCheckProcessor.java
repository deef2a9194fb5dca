package dnsblmonitor.batch;

import dnsblmonitor.domain.AddressLookups;
import dnsblmonitor.domain.MonitoredIp;
import jakarta.batch.api.chunk.ItemProcessor;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Starts an address's lookups. It does not wait: a chunk's lookups are all under way at once. */
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
    return new AddressStage(current.get()).start((MonitoredIp) item);
  }
}
