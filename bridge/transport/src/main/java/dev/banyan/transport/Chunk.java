package dev.banyan.transport;

/**
 * A piece of a body, owned by whoever holds it: consume it exactly once, by writing it to a sink,
 * by {@link #bytes()} or by {@link #discard()}.
 *
 * <p>Opaque so that bytes pass from one connection to another without a copy.
 */
public sealed interface Chunk permits WireChunk, ByteChunk {
  /** The bytes of {@code array}, which the caller no longer changes. */
  static Chunk of(byte[] array) {
    return new ByteChunk(array);
  }

  /** Bytes in this piece, at least one except for {@code of(new byte[0])}. */
  int length();

  /** Consumes the piece into an array. */
  byte[] bytes();

  /** Consumes the piece unread. */
  void discard();
}
