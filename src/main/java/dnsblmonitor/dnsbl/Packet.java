package dnsblmonitor.dnsbl;

import java.util.Arrays;

/** The few bytes of a DNS message that the transport itself looks at (RFC 1035 4.1). */
final class Packet {

  private static final int HEADER_LENGTH = 12;
  private static final int TYPE_AND_CLASS = 4;
  private static final int MAX_LABEL_LENGTH = 63;

  private Packet() {}

  static int id(byte[] packet) {
    return (packet[0] & 0xff) << 8 | (packet[1] & 0xff);
  }

  static void setId(byte[] packet, int id) {
    packet[0] = (byte) (id >>> 8);
    packet[1] = (byte) id;
  }

  /**
   * Whether {@code packet} answers {@code query}: a response with just that question (RFC 5452
   * 9.1); letters are the same in either case (RFC 4343). Ids are not compared.
   */
  static boolean answers(byte[] packet, byte[] query) {
    int end = endOfQuestion(query);
    return packet.length >= end
        && (packet[2] & 0x80) != 0
        && packet[4] == 0
        && packet[5] == 1
        && sameQuestion(packet, query, end);
  }

  private static boolean sameQuestion(byte[] packet, byte[] query, int end) {
    for (int i = HEADER_LENGTH; i < end; i++) {
      boolean inName = i < end - TYPE_AND_CLASS;
      if (inName ? lower(packet[i]) != lower(query[i]) : packet[i] != query[i]) {
        return false;
      }
    }
    return true;
  }

  /** A length byte is at most 63, below any letter, and so stays what it is. */
  private static int lower(byte character) {
    return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
  }

  /** Where the one question of a query ends; a query's name is never compressed. */
  private static int endOfQuestion(byte[] query) {
    int at = HEADER_LENGTH;
    while (query[at] != 0) {
      if ((query[at] & 0xff) > MAX_LABEL_LENGTH) {
        throw new IllegalArgumentException("the name in a query must not be compressed");
      }
      at += 1 + query[at];
    }
    return at + 1 + TYPE_AND_CLASS;
  }

  /**
   * Leaves the answer section only. What follows it says nothing of a listing, and to read the SOA
   * record of every NXDOMAIN costs as much as all the rest.
   */
  static void keepAnswerOnly(byte[] packet) {
    Arrays.fill(packet, 8, HEADER_LENGTH, (byte) 0);
  }

  /** Whether there is a header to look at. */
  static boolean hasHeader(byte[] packet) {
    return packet.length >= HEADER_LENGTH;
  }
}
