package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Joining of received buffers. */
final class Buffers {
  private Buffers() {}

  /** One buffer with the octets of both, which are consumed. */
  static ByteBuf append(ByteBufAllocator alloc, ByteBuf first, ByteBuf second) {
    if (!first.isReadable()) {
      first.release();
      return second;
    }
    if (!second.isReadable()) {
      second.release();
      return first;
    }
    ByteBuf both = alloc.buffer(first.readableBytes() + second.readableBytes());
    both.writeBytes(first).writeBytes(second);
    first.release();
    second.release();
    return both;
  }
}
