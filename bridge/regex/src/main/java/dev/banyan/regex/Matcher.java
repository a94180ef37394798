package dev.banyan.regex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Matches one {@link Regex} against one subject after another and holds the groups of the last
 * match. Owned by one thread. The subject's array must not change between {@code reset} and the
 * last {@code find}; offsets count from the subject's first byte. Reusing a matcher allocates
 * nothing on the heap.
 */
public final class Matcher {
  private static final byte[] NOTHING = new byte[0];

  private final Regex regex;
  private final CompiledPattern.MatchState state;
  private final int[] offsets;
  private byte[] bytes = NOTHING;
  private int base;
  private int length;
  private int set;

  Matcher(Regex regex, CompiledPattern compiled) {
    this.regex = regex;
    this.state = compiled.newState();
    this.offsets = new int[2 * (compiled.groupCount() + 1)];
  }

  /** The pattern. */
  public Regex regex() {
    return regex;
  }

  /** Takes a new subject. */
  public Matcher reset(byte[] subject) {
    return reset(subject, 0, subject.length);
  }

  /** Takes a part of an array as the subject. */
  public Matcher reset(byte[] subject, int offset, int count) {
    bytes = subject;
    base = offset;
    length = count;
    set = 0;
    state.subject(subject, offset, count);
    return this;
  }

  /** Takes an octet string (every char is one byte) as the subject. */
  public Matcher reset(String octets) {
    return reset(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Lets go of the subject, so that an idle matcher keeps no large one alive. */
  public void clear() {
    reset(NOTHING);
  }

  /**
   * Looks for the first match at or after {@code from}.
   *
   * @throws RegexFailure when a limit was met or the subject is malformed
   */
  public boolean find(int from) {
    if (from < 0 || from > length) {
      throw new RegexFailure(
          RegexFailure.BAD_OFFSET, "offset " + from + " is outside of the subject");
    }
    set = regex.run(state, from, offsets);
    if (set < offsets.length / 2) {
      Arrays.fill(offsets, 2 * set, offsets.length, -1);
    }
    return set > 0;
  }

  /** The number of the highest group that took part, plus one; 0 after a miss. */
  public int count() {
    return set;
  }

  /** Where a group starts, or -1 when it took no part. */
  public int start(int group) {
    return offsets[2 * group];
  }

  /** Where a group ends, or -1 when it took no part. */
  public int end(int group) {
    return offsets[2 * group + 1];
  }

  /** A group as an octet string; empty when it took no part. */
  public String group(int group) {
    int start = start(group);
    return start < 0
        ? ""
        : new String(bytes, base + start, end(group) - start, StandardCharsets.ISO_8859_1);
  }
}
