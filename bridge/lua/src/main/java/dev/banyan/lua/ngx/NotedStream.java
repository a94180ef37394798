package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: a stream whose traffic the journals under way see. */
final class NotedStream implements StreamSocket {
  private final Execution execution;
  private final StreamSocket stream;
  private final long number;

  private NotedStream(Execution execution, StreamSocket stream, long number) {
    this.execution = execution;
    this.stream = stream;
    this.number = number;
  }

  /** A stream that was connected just now. */
  static StreamSocket connected(Execution x, StreamSocket stream, String host, int port) {
    long number = x.machine.nextSocket();
    Execution.note(
        x.machine.vm(),
        host.length(),
        () -> new Journal.Entry.Connected(number, Journal.Transport.TCP, host, port));
    return new NotedStream(x, stream, number);
  }

  @Override
  public boolean pooled() {
    return stream.pooled();
  }

  @Override
  public int available() {
    return stream.available();
  }

  @Override
  public int at(int index) {
    return stream.at(index);
  }

  @Override
  public int indexOf(int octet, int from) {
    return stream.indexOf(octet, from);
  }

  @Override
  public byte[] take(int count) {
    return stream.take(count);
  }

  @Override
  public boolean fill(Duration timeout) {
    int before = stream.available();
    boolean more = stream.fill(timeout);
    int fresh = stream.available() - before;
    if (fresh > 0) {
      Execution.note(
          execution.machine.vm(), fresh, () -> new Journal.Entry.Received(number, from(before)));
    }
    return more;
  }

  private byte[] from(int start) {
    byte[] octets = new byte[stream.available() - start];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) stream.at(start + i);
    }
    return octets;
  }

  @Override
  public void send(List<byte[]> pieces, Duration timeout) {
    stream.send(pieces, timeout);
    for (byte[] piece : pieces) {
      Execution.note(
          execution.machine.vm(), piece.length, () -> new Journal.Entry.Sent(number, piece));
    }
  }

  @Override
  public void handshake(
      @Nullable String serverName, boolean verify, @Nullable Identity identity, Duration timeout) {
    stream.handshake(serverName, verify, identity, timeout);
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public void keepAlive(Duration idle, int poolSize) {
    stream.keepAlive(idle, poolSize);
  }

  @Override
  public int reusedTimes() {
    return stream.reusedTimes();
  }

  @Override
  public int option(Option option) {
    return stream.option(option);
  }

  @Override
  public void option(Option option, int value) {
    stream.option(option, value);
  }
}
