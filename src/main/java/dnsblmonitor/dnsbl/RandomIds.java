package dnsblmonitor.dnsbl;

import java.security.SecureRandom;

/** Query ids that nobody can guess (RFC 5452 9.2), drawn from a pool of random bytes. */
final class RandomIds {

  private final SecureRandom random = new SecureRandom();
  private final byte[] pool = new byte[4096];
  private int used = pool.length;

  /** An id, 0-65535. */
  int next() {
    if (used == pool.length) {
      random.nextBytes(pool);
      used = 0;
    }
    return (pool[used++] & 0xff) << 8 | (pool[used++] & 0xff);
  }
}
