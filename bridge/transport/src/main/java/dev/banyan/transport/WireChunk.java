package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** A piece of a body as it came from the wire, still in Netty's memory. */
final class WireChunk implements Chunk {
  private final ByteBuf buffer;

  WireChunk(ByteBuf buffer) {
    this.buffer = buffer;
  }

  /** The octets of a piece, which is consumed. */
  static ByteBuf buffer(Chunk chunk) {
    return switch (chunk) {
      case WireChunk wire -> wire.buffer;
      case ByteChunk bytes -> Unpooled.wrappedBuffer(bytes.array());
    };
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
