package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a CGI program's answer, whose body comes behind its head. */
final class CgiAnswer implements CgiUpstream.Answer, BodySource {
  private static final int SWITCHING = 101;

  /** How much of many records is passed on at once. */
  private static final int TOGETHER = 16 << 10;

  private final CgiConnection connection;
  private final CgiStream stream;
  private final CgiHead head;
  private final CgiWire.Listener listener;
  private final boolean exact;
  private final long length;
  private final long headOctets;
  private long left;
  private @Nullable TransportException failure;
  private boolean begun;
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
    this.headOctets = connection.bytesReceived() - connection.buffered().size();
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
    boolean upgrades = exact && head.status() == SWITCHING && listener.upgrades();
    return upgrades ? connection.socket() : null;
  }

  @Override
  public long behindHead() {
    return begun ? connection.bytesReceived() - headOctets : 0;
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    begun = true;
    if (failure != null) {
      throw failure;
    }
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
    byte[] first = take();
    return Chunk.of(exact || first.length >= TOGETHER || !goesOn() ? first : together(first));
  }

  /** What has come in small records goes on at once. */
  private byte[] together(byte[] first) {
    ByteArrayOutputStream some = new ByteArrayOutputStream(2 * first.length);
    some.writeBytes(first);
    do {
      some.writeBytes(take());
    } while (some.size() < TOGETHER && goesOn());
    return some.toByteArray();
  }

  /** Whether more is there to be taken; what is amiss with it is told to who reads on. */
  private boolean goesOn() {
    if (over || left == 0) {
      return false;
    }
    try {
      return stream.look(left > 0) == CgiStream.State.SOME;
    } catch (TransportException e) {
      failure = e;
      return false;
    }
  }

  /** Takes what is there of the body. */
  private byte[] take() {
    int count = stream.there();
    if (left > 0 && count > left) {
      over = true;
      listener.surplus();
      count = (int) left;
    }
    left -= left > 0 ? count : 0;
    return stream.take(count);
  }

  private void end() {
    if (stream.hasClosed() && (left > 0 || !stream.endsByClosing())) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    whole = true;
  }

  @Override
  public boolean ready() {
    return failure != null
        || over
        || (exact && left == 0)
        || stream.look(left > 0) != CgiStream.State.NONE;
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
