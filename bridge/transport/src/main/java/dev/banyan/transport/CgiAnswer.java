package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a CGI program's answer, whose body comes behind its head. */
final class CgiAnswer implements Upstream.Response, BodySource {
  private final CgiConnection connection;
  private final CgiStream stream;
  private final CgiHead head;
  private final CgiWire.Listener listener;
  private final boolean exact;
  private final long length;
  private long left;
  private boolean over;
  private boolean whole;
  private boolean released;

  CgiAnswer(
      CgiConnection connection,
      CgiStream stream,
      CgiHead head,
      boolean headRequest,
      CgiWire.Listener listener) {
    this.connection = connection;
    this.stream = stream;
    this.head = head;
    this.listener = listener;
    boolean none = head.status() == 204 || head.status() == 304;
    this.length = none ? 0 : headRequest ? -1 : head.length();
    this.left = length;
    this.exact = !(stream instanceof FastCgiStream);
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public String statusLine() {
    return head.statusLine();
  }

  @Override
  public int version() {
    return 10;
  }

  @Override
  public Headers headers() {
    return head.fields();
  }

  @Override
  public BodySource body() {
    return this;
  }

  @Override
  public @Nullable RawSocket upgraded() {
    return null;
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    if (over || (exact && left == 0)) {
      over = true;
      return null;
    }
    if (stream.await(left > 0, timeout) == CgiStream.State.END) {
      over = true;
      end();
      return null;
    }
    if (left == 0) {
      over = true;
      listener.surplus();
      return null;
    }
    int count = stream.there();
    if (left > 0 && count > left) {
      over = true;
      listener.surplus();
      count = (int) left;
    }
    left -= left > 0 ? count : 0;
    return Chunk.of(stream.take(count));
  }

  private void end() {
    if (stream.hasClosed() && (left > 0 || !stream.endsByClosing())) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    whole = true;
  }

  @Override
  public boolean ready() {
    return over || (exact && left == 0) || stream.look(left > 0) != CgiStream.State.NONE;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void release() {
    if (released) {
      return;
    }
    released = true;
    if (whole) {
      connection.release();
    } else {
      connection.close();
    }
  }
}
