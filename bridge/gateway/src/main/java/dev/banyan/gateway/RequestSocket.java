package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.TransportException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: the client's body, or its whole connection, as a cosocket. */
final class RequestSocket {
  private RequestSocket() {}

  static StreamSocket open(Request r, boolean raw) {
    HttpExchange exchange = r.client().exchange();
    if (raw) {
      r.response().sink().flush();
      r.tookOver();
      return new CosocketStream(exchange.takeOver(), null, r.location().lua());
    }
    if (exchange.requestBody().length() < 0) {
      throw new NgxFailure("chunked request bodies not supported yet");
    }
    if (r.body().isRead()) {
      throw new NgxFailure("request body already exists");
    }
    if (exchange.requestBody().length() == 0) {
      throw new NgxFailure("no body");
    }
    exchange.requestBody().begin(); // before anything is answered, as nginx's socket does
    return new BodyStream(r);
  }

  /** Owned by its request's loop: the request's body, read only. */
  private static final class BodyStream implements StreamSocket {
    private final Request request;
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    BodyStream(Request request) {
      this.request = request;
    }

    @Override
    public int available() {
      return to - from;
    }

    @Override
    public int at(int index) {
      return bytes[from + index] & 0xff;
    }

    @Override
    public int indexOf(int octet, int start) {
      for (int i = start; i < available(); i++) {
        if (at(i) == octet) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public byte[] take(int count) {
      byte[] taken = Arrays.copyOfRange(bytes, from, from + count);
      from += count;
      return taken;
    }

    @Override
    public boolean fill(Duration timeout) {
      Chunk piece;
      try {
        piece = request.client().exchange().requestBody().read(timeout);
      } catch (TransportException e) {
        throw e.kind() == TransportException.Kind.CLOSED
            ? new NgxFailure("client aborted")
            : SocketFailures.of(e);
      }
      if (piece == null) {
        return false;
      }
      add(piece.bytes());
      return true;
    }

    /** Doubles the room where it ends: a read may want all of a large body at once. */
    private void add(byte[] more) {
      int held = available();
      if (held == 0) {
        bytes = more;
      } else if (more.length > bytes.length - to) {
        int needed = Math.addExact(held, more.length);
        byte[] roomy = new byte[(int) Math.max(needed, Math.min(2L * held, Integer.MAX_VALUE - 8))];
        System.arraycopy(bytes, from, roomy, 0, held);
        System.arraycopy(more, 0, roomy, held, more.length);
        bytes = roomy;
      } else {
        System.arraycopy(more, 0, bytes, to, more.length);
        to += more.length;
        return;
      }
      from = 0;
      to = held + more.length;
    }

    @Override
    public void send(List<byte[]> pieces, Duration timeout) {
      throw new NgxFailure("the request's body can only be read");
    }

    @Override
    public void handshake(
        @Nullable String serverName,
        boolean verify,
        @Nullable Identity identity,
        Duration timeout) {
      throw new NgxFailure("the request's body can only be read");
    }

    @Override
    public void close() {
      from = to;
    }

    @Override
    public void keepAlive(Duration idle, int poolSize) {
      throw new NgxFailure("the request's body can't be pooled");
    }

    @Override
    public int reusedTimes() {
      return 0;
    }

    @Override
    public int option(Option option) {
      throw new NgxFailure("the request's body has no options");
    }

    @Override
    public void option(Option option, int value) {
      throw new NgxFailure("the request's body has no options");
    }
  }
}
