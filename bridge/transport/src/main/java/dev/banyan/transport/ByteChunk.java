package dev.banyan.transport;

/** A piece of a body on the heap. */
record ByteChunk(byte[] array) implements Chunk {
  @Override
  public int length() {
    return array.length;
  }

  @Override
  public byte[] bytes() {
    return array;
  }

  @Override
  public void discard() {
    // nothing to give back
  }
}
