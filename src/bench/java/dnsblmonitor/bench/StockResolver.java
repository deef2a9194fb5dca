package dnsblmonitor.bench;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** dnsjava as it comes: three tries within the time-out of a lookup. */
final class StockResolver {

  private static final int TRIES = 3;

  private StockResolver() {}

  static Resolver of(Task task) {
    SimpleResolver server = new SimpleResolver(task.world());
    server.setTimeout(task.timeout().dividedBy(TRIES));
    ExtendedResolver resolver = new ExtendedResolver(new Resolver[] {server});
    resolver.setRetries(TRIES);
    return resolver;
  }

  static Message question(Zone zone, Ipv4Address address, int type) throws IOException {
    Name name = Name.fromString(Questions.name(zone, address));
    return Message.newQuery(Record.newRecord(name, type, DClass.IN));
  }

  static LookupResult result(Message answer) {
    SortedSet<Ipv4Address> codes = new TreeSet<>();
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record instanceof ARecord code) {
        codes.add(new Ipv4Address(ByteBuffer.wrap(code.getAddress().getAddress()).getInt()));
      }
    }
    return switch (answer.getRcode()) {
      case Rcode.NXDOMAIN -> new LookupResult.NotListed();
      case Rcode.NOERROR -> new LookupResult.Listed(codes, 1, Optional.empty());
      default -> unknown(UnknownReason.OTHER_RCODE);
    };
  }

  static LookupResult unknown(UnknownReason reason) {
    return new LookupResult.Unknown(reason, "");
  }
}
