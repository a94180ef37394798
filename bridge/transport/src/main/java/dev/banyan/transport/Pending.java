package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** How much of what was written still waits in a channel. */
final class Pending {
  private Pending() {}

  static long bytes(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
