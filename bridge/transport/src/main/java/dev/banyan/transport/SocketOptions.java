package dev.banyan.transport;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;

/**
 * The options of a socket as the system's own calls take them: numbers all. A Unix socket takes
 * those that mean nothing to it, except one.
 */
final class SocketOptions {
  private SocketOptions() {}

  static int get(ChannelConfig config, RawSocket.Option option) {
    Object value =
        switch (option) {
          case KEEPALIVE -> config.getOption(ChannelOption.SO_KEEPALIVE);
          case REUSEADDR -> config.getOption(ChannelOption.SO_REUSEADDR);
          case TCP_NODELAY -> config.getOption(ChannelOption.TCP_NODELAY);
          case SNDBUF -> config.getOption(ChannelOption.SO_SNDBUF);
          case RCVBUF -> config.getOption(ChannelOption.SO_RCVBUF);
        };
    if (value == null && option == RawSocket.Option.TCP_NODELAY) {
      throw unsupported();
    }
    return value instanceof Integer octets ? octets : Boolean.TRUE.equals(value) ? 1 : 0;
  }

  static void set(ChannelConfig config, RawSocket.Option option, int value) {
    boolean taken =
        switch (option) {
          case KEEPALIVE -> config.setOption(ChannelOption.SO_KEEPALIVE, value != 0);
          case REUSEADDR -> config.setOption(ChannelOption.SO_REUSEADDR, value != 0);
          case TCP_NODELAY -> config.setOption(ChannelOption.TCP_NODELAY, value != 0);
          case SNDBUF -> config.setOption(ChannelOption.SO_SNDBUF, value);
          case RCVBUF -> config.setOption(ChannelOption.SO_RCVBUF, value);
        };
    if (!taken && option == RawSocket.Option.TCP_NODELAY) {
      throw unsupported();
    }
  }

  private static TransportException unsupported() {
    return new TransportException(
        TransportException.Kind.PROTOCOL, false, "Operation not supported", null);
  }
}
