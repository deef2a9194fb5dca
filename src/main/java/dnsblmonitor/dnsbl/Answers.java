package dnsblmonitor.dnsbl;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.DnsAnswer;
import dnsblmonitor.domain.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Parses a resolver's message: return codes from A records, the reason from TXT records. */
final class Answers {

  /** A list's reason is a sentence with a link; longer texts are cut. */
  static final int MAX_REASON_LENGTH = 500;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\s]+");

  private Answers() {}

  /** The answer in the message, following any chain of CNAMEs. */
  static DnsAnswer addresses(Message message) {
    return switch (message.getRcode()) {
      case Rcode.NXDOMAIN -> new DnsAnswer.NoSuchName();
      case Rcode.NOERROR -> {
        List<Ipv4Address> addresses =
            records(message, ARecord.class).map(Answers::address).toList();
        yield addresses.isEmpty() ? new DnsAnswer.NoData() : DnsAnswer.Addresses.of(addresses);
      }
      default -> new DnsAnswer.ErrorCode(Rcode.string(message.getRcode()));
    };
  }

  /** The reason as one printable line, if there is one. */
  static Optional<String> text(Message message) {
    String text =
        records(message, TXTRecord.class)
            .map(record ->
                record.getStringsAsByteArrays().stream()
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .collect(joining()))
            .collect(joining(" "));
    String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    return Optional.of(bounded(line)).filter(reason -> !reason.isEmpty());
  }

  private static String bounded(String line) {
    if (line.length() <= MAX_REASON_LENGTH) {
      return line;
    }
    int end = MAX_REASON_LENGTH - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static <T> Stream<T> records(Message message, Class<T> type) {
    return message.getSection(Section.ANSWER).stream().filter(type::isInstance).map(type::cast);
  }

  private static Ipv4Address address(ARecord record) {
    return new Ipv4Address(ByteBuffer.wrap(record.getAddress().getAddress()).getInt());
  }
}
