package dev.banyan.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what is known of a client's connection from its start on.
 *
 * @param loop its loop
 * @param id its number in this process, from 1
 * @param startedNanos when it could carry its first request, on {@link System#nanoTime()}
 * @param remote the client's address
 * @param local the address that the client connected to
 * @param plainToTls whether it is a plain connection to a listener of TLS
 * @param tls facts of the TLS session, or null on a plain connection
 * @param proxied what the PROXY protocol's header said, or null without one
 */
public record ConnectionFacts(
    WorkerLoop loop,
    long id,
    long startedNanos,
    InetSocketAddress remote,
    InetSocketAddress local,
    boolean plainToTls,
    @Nullable TlsFacts tls,
    HttpExchange.@Nullable ProxiedAddress proxied) {

  static ConnectionFacts of(
      Channel channel,
      WorkerLoop loop,
      long id,
      boolean plainToTls,
      @Nullable TlsFacts tls,
      HttpExchange.@Nullable ProxiedAddress proxied) {
    return new ConnectionFacts(
        loop,
        id,
        System.nanoTime(),
        inet(channel.remoteAddress()),
        inet(channel.localAddress()),
        plainToTls,
        tls,
        proxied);
  }

  private static InetSocketAddress inet(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unix:", 0);
  }
}
