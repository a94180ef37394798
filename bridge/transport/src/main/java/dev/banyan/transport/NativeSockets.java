package dev.banyan.transport;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;

/** Netty's own calls of the system, which come with either of its native methods. */
final class NativeSockets {
  private NativeSockets() {}

  /**
   * Makes sure that they are there.
   *
   * @throws IOException when this system has neither method
   */
  static void require() throws IOException {
    if (!Epoll.isAvailable() && !IoUring.isAvailable()) {
      throw new IOException("sockets can't be handed over without epoll or io_uring");
    }
  }
}
