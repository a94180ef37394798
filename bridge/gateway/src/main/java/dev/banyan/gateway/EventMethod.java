package dev.banyan.gateway;

import dev.banyan.transport.InheritedSockets;
import dev.banyan.transport.IoMethod;

/**
 * How loops wait for their sockets, by nginx's {@code use}.
 *
 * <p>See <a href="https://nginx.org/en/docs/ngx_core_module.html#use">use</a> and <a
 * href="https://nginx.org/en/docs/events.html">connection processing methods</a>. {@code io_uring}
 * is one that nginx hasn't got.
 */
final class EventMethod {
  private EventMethod() {}

  /**
   * The method of a configuration.
   *
   * @param use what it names; empty for nothing
   * @param inherited sockets that are to be accepted on
   * @throws GatewayException when this machine hasn't got it, or it can't accept on the sockets
   */
  static IoMethod of(String use, InheritedSockets inherited) {
    IoMethod method = of(use);
    String lack = inherited.lack(method);
    if (lack == null) {
      return method;
    }
    if (use.isEmpty() && IoMethod.EPOLL.lack().isEmpty()) {
      return IoMethod.EPOLL;
    }
    throw new GatewayException(
        "\"use %s\" in \"events\" can't be had here: %s".formatted(use, lack));
  }

  private static IoMethod of(String use) {
    IoMethod method =
        switch (use) {
          case "" -> IoMethod.standard();
          case "io_uring" -> IoMethod.IO_URING;
          case "epoll" -> IoMethod.EPOLL;
          default -> IoMethod.NIO; // select and poll: what needs no system of its own
        };
    method
        .lack()
        .ifPresent(lack -> {
          throw new GatewayException(
              "\"use %s\" in \"events\" can't be had on this machine (%s): leave it out for what is standard here"
                  .formatted(use, lack));
        });
    return method;
  }
}
