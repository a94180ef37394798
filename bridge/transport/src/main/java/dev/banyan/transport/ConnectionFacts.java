package dev.banyan.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's connection from its start on.
 *
 * @param id its number in this process, from 1
 * @param startedNanos when it could carry its first request, on {@link System#nanoTime()}
 */
record ConnectionFacts(
    WorkerLoop loop,
    long id,
    long startedNanos,
    InetSocketAddress remote,
    InetSocketAddress local,
    HttpExchange.@Nullable TlsFacts tls,
    HttpExchange.@Nullable ProxiedAddress proxied) {

  static ConnectionFacts of(
      Channel channel,
      WorkerLoop loop,
      long id,
      HttpExchange.@Nullable TlsFacts tls,
      HttpExchange.@Nullable ProxiedAddress proxied) {
    return new ConnectionFacts(
        loop,
        id,
        System.nanoTime(),
        inet(channel.remoteAddress()),
        inet(channel.localAddress()),
        tls,
        proxied);
  }

  private static InetSocketAddress inet(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unix:", 0);
  }
}
