package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens outgoing connections from a worker's loop. */
final class Connects {
  private Connects() {}

  /**
   * Opens a connection.
   *
   * @param local the address to connect from; null for the system's choice
   */
  static Channel open(
      WorkerLoop loop,
      SocketAddress address,
      @Nullable SocketAddress local,
      ChannelHandler handler,
      Duration timeout) {
    checkRoutable(address);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(loop.method().stream(address instanceof UnixDomainSocketAddress))
            .option(ChannelOption.RECVBUF_ALLOCATOR, Workers.receiveBuffers())
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the loop's timers see to it
            .handler(handler);
    if (address instanceof InetSocketAddress) {
      bootstrap.option(ChannelOption.TCP_NODELAY, true);
    }
    if (local != null && address instanceof InetSocketAddress) {
      bootstrap.localAddress(local);
    }
    ConnectionNumbers
        .next(); // connections to others are counted, though nobody tells their numbers
    ChannelFuture future = bootstrap.connect(loop.method().address(address));
    // Netty's stand-in for a channel that can't be had, as when files run out, has no loop.
    boolean opened = future.channel().isOpen();
    if (opened) {
      loop.guard(future.channel());
      loop.clientContexts().serve(future.channel());
    }
    Promise<Boolean> done = new Promise<>();
    future.addListener(result -> {
      if (result.isSuccess()) {
        done.complete(true);
      } else {
        done.fail(refused(result.cause()));
      }
    });
    boolean connected = false;
    try {
      done.await(timeout);
      connected = true;
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, true, "timeout", e);
    } finally {
      if (!connected && opened) {
        future.channel().close();
      }
    }
    return future.channel();
  }

  /** The system has no route into 0.0.0.0/8 but the wildcard address, and says so at once. */
  private static void checkRoutable(SocketAddress address) {
    if (address instanceof InetSocketAddress inet
        && inet.getAddress() instanceof Inet4Address ip
        && ip.getAddress()[0] == 0
        && !ip.isAnyLocalAddress()) {
      throw new TransportException(TransportException.Kind.CONNECT, true, "invalid argument", null);
    }
  }

  private static TransportException refused(Throwable cause) {
    return new TransportException(
        TransportException.Kind.CONNECT, true, SystemErrors.phrase(cause), cause);
  }
}
