package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.nginx.LuaLocationSettings;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.SocketPool;
import dev.banyan.transport.TlsIdentity;
import dev.banyan.transport.TransportException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: a TCP cosocket; without a pool it is the client's own connection. */
final class CosocketStream implements StreamSocket {
  private final LuaLocationSettings lua;
  private final RawSocket socket;
  private final @Nullable SocketPool pool;

  /** A connection of a pool. */
  CosocketStream(RawSocket socket, @Nullable SocketPool pool, LuaLocationSettings lua) {
    this.lua = lua;
    this.socket = socket;
    this.pool = pool;
  }

  @Override
  public int available() {
    return socket.buffered().size();
  }

  @Override
  public int at(int index) {
    return socket.buffered().at(index);
  }

  @Override
  public int indexOf(int octet, int from) {
    return socket.buffered().indexOf(octet, from);
  }

  @Override
  public byte[] take(int count) {
    return socket.buffered().take(count);
  }

  @Override
  public boolean fill(Duration timeout) {
    try {
      return socket.fill(timeout);
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  @Override
  public void send(List<byte[]> pieces, Duration timeout) {
    try {
      socket.send(pieces, timeout);
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  @Override
  public void handshake(
      @Nullable String serverName, boolean verify, @Nullable Identity identity, Duration timeout) {
    try {
      socket.handshake(
          new RawSocket.TlsClient(
              serverName,
              verify,
              serverName != null,
              lua.sslTrustedCertificate(),
              lua.sslRevocations(),
              lua.sslVerifyDepth(),
              lua.sslCertificate(),
              lua.sslCertificateKey(),
              null,
              identity == null ? null : new TlsIdentity(identity.chain(), identity.key()),
              true,
              lua.sslProtocols(),
              lua.sslCiphers(),
              List.of()),
          timeout);
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public void keepAlive(Duration idle, int poolSize) {
    SocketPool home = pool;
    String refused =
        home == null ? "the client's connection can't be pooled" : home.keep(socket, idle);
    if (refused != null) {
      throw new NgxFailure(refused);
    }
  }

  @Override
  public int reusedTimes() {
    return socket.reusedTimes();
  }

  @Override
  public int option(Option option) {
    try {
      return socket.option(of(option));
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  @Override
  public void option(Option option, int value) {
    try {
      socket.option(of(option), value);
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  private static RawSocket.Option of(Option option) {
    return switch (option) {
      case KEEPALIVE -> RawSocket.Option.KEEPALIVE;
      case REUSEADDR -> RawSocket.Option.REUSEADDR;
      case TCP_NODELAY -> RawSocket.Option.TCP_NODELAY;
      case SNDBUF -> RawSocket.Option.SNDBUF;
      case RCVBUF -> RawSocket.Option.RCVBUF;
    };
  }
}
