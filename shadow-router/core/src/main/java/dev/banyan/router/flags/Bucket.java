package dev.banyan.router.flags;

/** Places a user into one of {@link Share#BUCKETS} buckets: evenly, and the same one each time. */
public final class Bucket {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Bucket() {}

  /**
   * The bucket of a sticky key.
   *
   * @param salt the module's own salt, so that not the same users meet every canary
   * @param stickyKey what makes a user the same user
   */
  public static int of(String salt, String stickyKey) {
    long hash = absorb(absorb(FNV_OFFSET, salt) * FNV_PRIME, stickyKey);
    return (int) Long.remainderUnsigned(mix(hash), Share.BUCKETS);
  }

  private static long absorb(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      hash = (hash ^ (c & 0xff)) * FNV_PRIME;
      hash = (hash ^ (c >>> 8)) * FNV_PRIME;
    }
    return hash;
  }

  /** The finaliser of SplitMix64: FNV alone leaves neighbouring keys in neighbouring buckets. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
