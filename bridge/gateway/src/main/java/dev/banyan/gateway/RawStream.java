package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.TransportException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: a raw socket as a cosocket without a pool. */
final class RawStream implements StreamSocket {
  private final RawSocket socket;

  RawStream(RawSocket socket) {
    this.socket = socket;
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
  public void handshake(@Nullable String serverName, boolean verify, Duration timeout) {
    throw new NgxFailure("the client's connection can't be upgraded to TLS");
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public void keepAlive(Duration idle, int poolSize) {
    throw new NgxFailure("the client's connection can't be pooled");
  }

  @Override
  public int reusedTimes() {
    return 0;
  }
}
