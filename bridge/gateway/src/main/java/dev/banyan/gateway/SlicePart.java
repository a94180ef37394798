package dev.banyan.gateway;

import dev.banyan.transport.Chunk;
import java.util.Arrays;

/**
 * Owned by its request's loop: hands on what the client gets of one slice, before other filters
 * change its length. An origin that sends more than it has announced adds nothing to the answer.
 */
final class SlicePart implements BodyFilter {
  private final BodyFilter next;
  private long skipped;
  private long left;

  SlicePart(Slices slices, BodyFilter next) {
    this.next = next;
    this.skipped = slices.skipped();
    this.left = slices.shown();
  }

  @Override
  public void write(Chunk piece, boolean last) {
    byte[] octets = piece.bytes();
    int from = (int) Math.min(skipped, octets.length);
    int length = (int) Math.min(left, octets.length - from);
    skipped -= from;
    left -= length;
    if (length > 0 || last) {
      next.write(Chunk.of(Arrays.copyOfRange(octets, from, from + length)), last);
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
