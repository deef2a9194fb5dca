package dnsblmonitor.batch;

import dnsblmonitor.domain.AddressLookups;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Waits for a chunk's lookups and applies them to their rows. */
@Named
@Dependent
class IpAddressWriter extends AbstractItemWriter {

  private final CurrentRun current;

  @Inject
  IpAddressWriter(CurrentRun current) {
    this.current = current;
  }

  @Override
  public void writeItems(List<Object> items) {
    new AddressStage(current.get()).apply(items.stream().map(AddressLookups.class::cast).toList());
  }
}
