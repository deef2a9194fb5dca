package dnsblmonitor.dnsbl;

import java.util.Arrays;

/** The parts of a DNS message that the transport itself reads (RFC 1035 4.1). */
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
   * Whether {@code packet} answers {@code query}: a response with exactly that question (RFC 5452
   * 9.1), ignoring case (RFC 4343). Ids are not compared.
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

  /** Length bytes are at most 63, below any letter, and so are not changed. */
  private static int lower(byte character) {
    return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
  }

  /** The end of a query's only question; its name is never compressed. */
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
   * Drops everything after the answer section. It is irrelevant to listings, and parsing the SOA
   * record of every NXDOMAIN would cost as much as everything else.
   */
  static void keepAnswerOnly(byte[] packet) {
    Arrays.fill(packet, 8, HEADER_LENGTH, (byte) 0);
  }

  /** Whether the header is complete. */
  static boolean hasHeader(byte[] packet) {
    return packet.length >= HEADER_LENGTH;
  }
}
