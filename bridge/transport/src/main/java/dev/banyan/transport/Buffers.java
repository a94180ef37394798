package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Joining of received buffers. */
final class Buffers {
  private Buffers() {}

  /**
   * The same octets outside of Netty's memory, which the garbage collector may have: for what comes
   * to somebody who may never ask for it again.
   */
  static ByteBuf detached(ByteBuf data) {
    ByteBuf copy = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(data));
    data.release();
    return copy;
  }

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
