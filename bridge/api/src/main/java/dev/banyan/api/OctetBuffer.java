package dev.banyan.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Not thread-safe, owned by whoever writes into it: octets that are put down one after another. */
public final class OctetBuffer {
  private static final int ROOM = 512;

  /** As many digits as a {@code long} has, and its sign. */
  private static final int MOST_DIGITS = 20;

  private byte[] octets = new byte[ROOM];
  private int length;

  /** How many there are. */
  public int length() {
    return length;
  }

  /** How many there is room for. */
  public int capacity() {
    return octets.length;
  }

  /** Takes all away; the room stays. */
  public void clear() {
    length = 0;
  }

  /** Adds a text whose chars are octets; where one is none, a question mark. */
  public OctetBuffer text(String text) {
    return add(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Adds a text of which each char is known to be an octet; of others the upper half is lost. */
  public OctetBuffer octets(String text) {
    return octets(text, 0, text.length());
  }

  /** As {@link #octets(String)}, a part of the text. */
  @SuppressWarnings("deprecation") // octets are what getBytes(int, int, …) is for
  public OctetBuffer octets(String text, int from, int to) {
    room(to - from);
    text.getBytes(from, to, octets, length);
    length += to - from;
    return this;
  }

  /** Adds an octet. */
  public OctetBuffer octet(char octet) {
    room(1);
    octets[length++] = (byte) octet;
    return this;
  }

  /** Adds a number's decimal digits. */
  public OctetBuffer decimal(long number) {
    if (number < 0) {
      return octets(Long.toString(number));
    }
    room(MOST_DIGITS);
    int end = length + 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      end++;
    }
    long rest = number;
    for (int i = end - 1; i >= length; i--) {
      octets[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length = end;
    return this;
  }

  /** Adds octets. */
  public OctetBuffer add(byte[] more) {
    return add(more, more.length);
  }

  /** Adds what another one holds. */
  public OctetBuffer add(OctetBuffer other) {
    return add(other.octets, other.length);
  }

  private OctetBuffer add(byte[] more, int count) {
    room(count);
    System.arraycopy(more, 0, octets, length, count);
    length += count;
    return this;
  }

  /** Puts another octet in the place of one that is there. */
  public void replace(int at, char octet) {
    octets[Objects.checkIndex(at, length)] = (byte) octet;
  }

  /** Takes away all from a place on. */
  public void truncate(int to) {
    Objects.checkFromToIndex(0, to, length);
    length = to;
  }

  /** Writes a part to a stream. */
  public void writeTo(OutputStream out, int from, int to) throws IOException {
    Objects.checkFromToIndex(from, to, length);
    out.write(octets, from, to - from);
  }

  private void room(int more) {
    if (more > octets.length - length) {
      octets = Arrays.copyOf(octets, Math.max(Math.addExact(length, more), 2 * octets.length));
    }
  }

  /** All of them, one char for each. */
  @Override
  public String toString() {
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
  }
}
