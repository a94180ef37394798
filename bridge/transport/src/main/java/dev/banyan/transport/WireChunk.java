package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** A piece of a body as it came from the wire, still in Netty's memory. */
final class WireChunk implements Chunk {
  private final ByteBuf buffer;

  WireChunk(ByteBuf buffer) {
    this.buffer = buffer;
  }

  ByteBuf buffer() {
    return buffer;
  }

  @Override
  public int length() {
    return buffer.readableBytes();
  }

  @Override
  public byte[] bytes() {
    try {
      return ByteBufUtil.getBytes(buffer);
    } finally {
      buffer.release();
    }
  }

  @Override
  public void discard() {
    buffer.release();
  }
}
