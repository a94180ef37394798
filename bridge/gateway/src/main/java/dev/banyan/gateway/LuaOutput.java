package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.TransportException;
import java.io.ByteArrayOutputStream;

/**
 * How {@code ngx.print}, {@code flush} and {@code eof} write the response. For HTTP/1.0 clients the
 * body is held back to know its length, unless {@code lua_http10_buffering} is off.
 */
final class LuaOutput {
  private static final String FILTER_ERROR = "nginx output filter error";

  private LuaOutput() {}

  /** Whether a body is being held back for an HTTP/1.0 client. */
  static boolean buffers(Request r) {
    return r.luaBuffer() != null;
  }

  static void defaultContentType(Request r) {
    Response response = r.response();
    if (response.contentTypeDecided()) {
      return;
    }
    response.decideContentType();
    if (r.location().lua().useDefaultType() && response.status() != HttpStatus.NOT_MODIFIED) {
      MediaTypes.apply(r);
    }
  }

  /** The type that an answer of Lua's gets when Lua doesn't say one; empty for none. */
  static String defaultType(Request r) {
    return r.location().lua().useDefaultType() ? MediaTypes.of(r) : "";
  }

  static void sendHead(Request r) {
    Response response = r.response();
    if (!response.headSent() && !startBuffer(r)) {
      sendHeadNow(r);
    }
  }

  /** Sends the head before any of the body, unless a body is being held back already. */
  static void sendHeadNow(Request r) {
    Response response = r.response();
    if (response.headSent() || buffers(r)) {
      return;
    }
    defaultContentType(r);
    if (response.status() == 0) {
      response.status(HttpStatus.OK);
    }
    if (r.method().equals("HEAD")) {
      response.headerOnly(true);
    } else if (r.isMain()) {
      r.body().invite(); // once the head is out it would be too late
    }
    response.sendHead();
  }

  private static boolean startBuffer(Request r) {
    if (buffers(r)) {
      return true;
    }
    boolean wanted =
        !r.method().equals("HEAD")
            && r.location().lua().http10Buffering()
            && r.client().exchange().version() < 11
            && !r.response().headers().contains("Content-Length");
    if (wanted) {
      defaultContentType(r);
      if (r.response().status() == 0) {
        r.response().status(HttpStatus.OK);
      }
      r.luaBuffer(new ByteArrayOutputStream());
    }
    return wanted;
  }

  static void print(Request r, byte[] piece) {
    boolean first = !r.response().headSent();
    sendHead(r);
    ByteArrayOutputStream buffer = r.luaBuffer();
    if (buffer != null) {
      buffer.writeBytes(piece);
      return;
    }
    if (r.response().headerOnly()) {
      if (first) {
        r.response().finish(); // what there is to send has been sent
        return;
      }
      throw new NgxFailure("header only");
    }
    if (r.isMain() && r.client().exchange().clientGone()) {
      throw new NgxFailure(FILTER_ERROR);
    }
    write(r, piece);
  }

  /** Writes through the body filters; when one of them fails the request goes on without output. */
  private static void write(Request r, byte[] piece) {
    try {
      r.response().write(Chunk.of(piece), false);
    } catch (ResponseAborted e) {
      if (r.isMain()) {
        throw new NgxFailure(FILTER_ERROR);
      }
      throw e;
    }
  }

  static void flush(Request r, boolean wait) {
    if (r.response().headerOnly()) {
      throw new NgxFailure("header only");
    }
    if (buffers(r)) {
      throw new NgxFailure("buffering");
    }
    if (r.location().settings().handlers().bodyFilter() != null) {
      write(r, new byte[0]); // nginx's flush is a piece of its own
    }
    r.response().flush();
    if (!wait) {
      awaitSubmitted(r);
    } else if (r.isMain()) {
      try {
        r.response().awaitWritable(r.location().core().sendTimeout(), true);
      } catch (TransportException e) {
        throw new NgxFailure(
            e.kind() == TransportException.Kind.TIMEOUT ? "timeout" : "client aborted");
      }
    }
  }

  /** What was flushed to the client is on its way when this returns. */
  static void awaitSubmitted(Request r) {
    r.client().exchange().facts().loop().awaitSubmitted();
  }

  /** Sends what is held back, the head if none was sent, and ends the body. */
  static void end(Request r) {
    if (r.isTookOver()) {
      return; // the connection is Lua's: no answer is sent
    }
    sendHead(r);
    ByteArrayOutputStream buffer = r.luaBuffer();
    r.luaBuffer(null);
    if (buffer != null) {
      release(r, buffer);
    }
    r.response().finish();
    r.response().flush();
  }

  private static void release(Request r, ByteArrayOutputStream buffer) {
    Response response = r.response();
    defaultContentType(r);
    boolean head = r.method().equals("HEAD");
    if (!head && !response.headers().contains("Content-Length")) {
      response.headers().set("Content-Length", String.valueOf(buffer.size()));
    }
    boolean unusual = !head && r.isMain() && buffer.size() > 0;
    if (unusual) {
      r.client().exchange().insistOnBody();
    }
    response.sendHead();
    if (unusual) {
      response.headerOnly(false); // nginx sends what it has held back whatever the status became
    }
    if (buffer.size() > 0) {
      response.write(Chunk.of(buffer.toByteArray()), false);
    }
  }
}
