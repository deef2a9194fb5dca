package dnsblmonitor.testing;

import dnsblmonitor.domain.TestEntries;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** One zone of a {@link FakeDnsServer}: what it lists, and how it misbehaves. */
public final class FakeZone {

  enum Transport {
    UDP,
    TCP
  }

  private record Listing(List<String> codes, String reason) {}

  /** For names of no zone. */
  static final FakeZone UNKNOWN = new FakeZone();

  private static final int ALL = Integer.MAX_VALUE;
  private static final long TTL_SECONDS = 300;

  private final Map<String, Listing> listings = new ConcurrentHashMap<>();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger toMistakeId = new AtomicInteger();
  private final AtomicInteger toGarble = new AtomicInteger();
  private final AtomicInteger toConfuse = new AtomicInteger();
  private volatile @Nullable Listing always;
  private volatile Duration delay = Duration.ZERO;
  private volatile int rcode = Rcode.NOERROR;
  private volatile boolean noData;
  private volatile boolean truncated;
  private volatile boolean viaCname;
  private volatile boolean losesText;

  FakeZone() {
    Listing testEntry = new Listing(List.of("127.0.0.2"), "test entry");
    listings.put(TestEntries.IPV4.listed().toString(), testEntry);
    listings.put(TestEntries.IPV6.listed().toString(), testEntry);
  }

  /**
   * Lists {@code address}, of either family, with several return codes; an empty reason is none.
   */
  public FakeZone lists(String address, List<String> codes, String reason) {
    listings.put(AskedName.entry(address), new Listing(List.copyOf(codes), reason));
    return this;
  }

  public FakeZone unlist(String address) {
    listings.remove(AskedName.entry(address));
    return this;
  }

  /** Answers these codes for every name, as a parked domain or a list that refuses service does. */
  public FakeZone answers(String... codes) {
    always = new Listing(List.of(codes), "");
    return this;
  }

  /** Never answers. */
  public FakeZone silent() {
    toLose.set(ALL);
    return this;
  }

  /** Loses the next {@code questions}. */
  public FakeZone dropsFirst(int questions) {
    toLose.set(questions);
    return this;
  }

  /** Answers the next {@code questions} with a wrong id first, and rightly after that. */
  public FakeZone wrongIdFirst(int questions) {
    toMistakeId.set(questions);
    return this;
  }

  /** Answers the next {@code questions} with an answer of another question first. */
  public FakeZone otherQuestionFirst(int questions) {
    toConfuse.set(questions);
    return this;
  }

  /** Answers the next {@code questions} with bytes that are no message first. */
  public FakeZone garbageFirst(int questions) {
    toGarble.set(questions);
    return this;
  }

  /** Answers so much later. */
  public FakeZone delay(Duration answersAfter) {
    delay = answersAfter;
    return this;
  }

  /** Answers with {@code SERVFAIL}, {@code REFUSED}, {@code NOTIMP}, {@code NXDOMAIN} ... */
  public FakeZone rcode(String mnemonic) {
    rcode = Rcode.value(mnemonic);
    return this;
  }

  /** Answers NOERROR without a record, where others say NXDOMAIN. */
  public FakeZone noData() {
    noData = true;
    return this;
  }

  /** Answers by UDP that the answer does not fit; TCP gets it. */
  public FakeZone truncated() {
    truncated = true;
    return this;
  }

  /** Answers by way of a CNAME. */
  public FakeZone viaCname() {
    viaCname = true;
    return this;
  }

  /** Answers A questions, but never one for the reason. */
  public FakeZone losesText() {
    losesText = true;
    return this;
  }

  /** Behaves again, as if nothing had been asked of it; what it lists stays. */
  public FakeZone behaves() {
    List.of(toLose, toMistakeId, toGarble, toConfuse).forEach(count -> count.set(0));
    always = null;
    delay = Duration.ZERO;
    rcode = Rcode.NOERROR;
    noData = false;
    truncated = false;
    viaCname = false;
    losesText = false;
    return this;
  }

  boolean loses(int type) {
    return (losesText && type == Type.TXT) || takesOne(toLose);
  }

  Duration delay() {
    return delay;
  }

  private static boolean takesOne(AtomicInteger count) {
    return count.getAndUpdate(n -> n == 0 || n == ALL ? n : n - 1) > 0;
  }

  /** The packets to send for {@code query}, in their order. */
  List<byte[]> reply(Message query, String entry, Transport transport) throws IOException {
    List<byte[]> packets = new ArrayList<>();
    byte[] answer = answer(query, entry, transport).toWire();
    if (takesOne(toMistakeId)) {
      byte[] mistaken = answer.clone();
      mistaken[1] ^= 0x55;
      packets.add(mistaken);
    }
    if (takesOne(toGarble)) {
      packets.add("no message at all".getBytes(StandardCharsets.US_ASCII));
    }
    if (takesOne(toConfuse)) {
      packets.add(ofAnotherQuestion(query).toWire());
    }
    packets.add(answer);
    return packets;
  }

  private static Message ofAnotherQuestion(Message query) throws IOException {
    Record asked = query.getQuestion();
    Name other = Name.fromString("other", asked.getName());
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(Record.newRecord(other, asked.getType(), DClass.IN), Section.QUESTION);
    return answer;
  }

  private Message answer(Message query, String entry, Transport transport) throws IOException {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RD);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    Listing fixed = always;
    Listing listing = fixed != null ? fixed : listings.get(entry);
    if (rcode != Rcode.NOERROR) {
      answer.getHeader().setRcode(rcode);
    } else if (truncated && transport == Transport.UDP) {
      answer.getHeader().setFlag(Flags.TC);
    } else if (listing == null) {
      answer.getHeader().setRcode(noData ? Rcode.NOERROR : Rcode.NXDOMAIN);
    } else {
      addRecords(answer, query.getQuestion().getName(), query.getQuestion().getType(), listing);
    }
    return answer;
  }

  private void addRecords(Message answer, Name asked, int type, Listing listing)
      throws IOException {
    Name owner = asked;
    if (viaCname) {
      owner = Name.fromString("listing.invalid.");
      answer.addRecord(new CNAMERecord(asked, DClass.IN, TTL_SECONDS, owner), Section.ANSWER);
    }
    if (type == Type.A) {
      for (String code : listing.codes()) {
        InetAddress address = InetAddress.ofLiteral(code);
        answer.addRecord(new ARecord(owner, DClass.IN, TTL_SECONDS, address), Section.ANSWER);
      }
    } else if (type == Type.TXT && !listing.reason().isEmpty()) {
      answer.addRecord(
          new TXTRecord(owner, DClass.IN, TTL_SECONDS, strings(listing.reason())), Section.ANSWER);
    }
  }

  /** A TXT record's strings hold at most 255 bytes each; dnsjava takes them escaped. */
  private static List<String> strings(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> strings = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += 255) {
      StringBuilder escaped = new StringBuilder();
      for (int i = from; i < Math.min(from + 255, bytes.length); i++) {
        escaped.append("\\%03d".formatted(bytes[i] & 0xff));
      }
      strings.add(escaped.toString());
    }
    return strings;
  }
}
