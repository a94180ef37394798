package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.CoreSettings;
import dev.banyan.transport.BodySource;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: a request's body, unread, in memory, or in a temporary file when it
 * is larger than {@code client_body_buffer_size}.
 */
final class RequestBody {
  private static final int HTTP_2 = 20;
  private static final long NOTHING = -2;
  private static final int FILE_PIECE = 64 << 10;

  private final Request request;
  private final @Nullable BodySource source;
  private byte @Nullable [] memory;
  private @Nullable Path file;
  private boolean deleteFile;
  private boolean read;
  private boolean discarded;
  private boolean missing;
  private boolean uninvited;
  private long withheld = NOTHING;
  private long received;
  private final ArrayDeque<Chunk> ahead = new ArrayDeque<>(0);

  RequestBody(Request request, BodySource source) {
    this.request = request;
    this.source = source;
  }

  private RequestBody(Request request, byte[] bytes) {
    this.request = request;
    this.source = null;
    this.memory = bytes;
    this.read = true;
  }

  static RequestBody of(Request request, byte[] bytes) {
    return new RequestBody(request, bytes);
  }

  /** None, as of a request that hasn't read its body and has nothing to read it from. */
  static RequestBody unread(Request request) {
    RequestBody body = new RequestBody(request, new byte[0]);
    body.missing = true;
    return body;
  }

  /**
   * No octets, though its head says that {@code announced} of them follow: what nginx has its
   * {@code auth_request} send.
   *
   * @param announced octets; -1 where nothing is said
   */
  static RequestBody withheld(Request request, long announced) {
    RequestBody body = new RequestBody(request, new byte[0]);
    body.withheld = announced;
    return body;
  }

  /** Whether fewer octets come than its head says. */
  boolean isWithheld() {
    return withheld > 0;
  }

  /** What its head says, in octets: -1 where that is not known before it was read. */
  long announced() {
    return withheld == NOTHING ? length() : withheld;
  }

  /**
   * What is known of its length before it is read, in octets, from its head or from Lua, which may
   * have written another; -1 for nothing (nginx's {@code content_length_n}).
   */
  long expected() {
    if (discarded) {
      return 0;
    }
    String length = request.headers().first("Content-Length");
    if (length == null) {
      return source == null ? Math.max(-1, withheld) : lengthOfChunks();
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) { // Lua may have written anything there
      return -1;
    }
  }

  /** Whether Lua finds that no body was read, though there is nothing to wait for. */
  boolean isMissing() {
    return missing;
  }

  /** Whether it was read whole, replaced or discarded. */
  boolean isRead() {
    return read;
  }

  /** Whether it was thrown away: it counts as one of no length. */
  boolean isDiscarded() {
    return discarded;
  }

  /** Whether a part of it was handed on unbuffered, so that it can't be sent again. */
  boolean streamed() {
    return !read && received > 0;
  }

  /** Bytes of the body: -1 when that is not known before it was read. */
  long length() {
    if (!read) {
      return source == null ? 0 : source.length();
    }
    byte[] bytes = memory;
    if (bytes != null) {
      return bytes.length;
    }
    Path path = file;
    try {
      return path == null ? 0 : Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Bytes of a body in chunks once it was read, 0 once it was discarded; else -1. */
  long lengthOfChunks() {
    if (withheld >= 0) {
      return withheld;
    }
    BodySource from = source;
    return read && from != null && from.length() < 0 ? (discarded ? 0 : length()) : -1;
  }

  /**
   * Reads it whole.
   *
   * @throws ResponseAborted with 413, 408 or 400 when it is too large, late or cut off
   */
  void read() {
    if (read) {
      return;
    }
    CoreSettings core = request.location().core();
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    OutputStream out = buffer;
    Path spilled = null;
    try {
      long most = memoryLimit(core);
      boolean toFile = core.clientBodyInFileOnly() != CoreSettings.BodyInFile.OFF;
      for (Chunk piece = next(); piece != null; piece = next()) {
        byte[] bytes = piece.bytes();
        if (spilled == null && (toFile || buffer.size() + (long) bytes.length > most)) {
          spilled = request.service().tempFile("client_body_temp");
          out = Files.newOutputStream(spilled);
          buffer.writeTo(out);
          request.log(
              toFile ? ErrorLog.NOTICE : ErrorLog.WARN,
              "a client request body is buffered to a temporary file " + spilled);
        }
        out.write(bytes);
      }
      out.close();
    } catch (IOException e) {
      request.log(ErrorLog.CRIT, "a client request body can't be stored: " + e.getMessage());
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    read = true;
    if (spilled != null) {
      file = spilled;
      deleteFile = core.clientBodyInFileOnly() != CoreSettings.BodyInFile.ON;
    } else {
      memory = buffer.toByteArray();
    }
  }

  /**
   * How much is kept in memory. In HTTP/1 nginx keeps what fits beside the head in the buffer for
   * heads, and a body of known length whose rest is less than a quarter above its buffer's size.
   */
  private long memoryLimit(CoreSettings core) {
    long size = core.clientBodyBufferSize();
    HttpExchange exchange = request.client().exchange();
    if (source == null || exchange.version() >= HTTP_2) {
      return size;
    }
    long beside =
        request.server().settings().clientHeaderBufferSize() - exchange.rawHead().length();
    long known = source.length();
    long rest = known - Math.max(0, beside);
    return Math.max(beside, rest < size + (size >> 2) ? Math.max(size, known) : size);
  }

  /** Reads what has already arrived; a body that is there whole counts as read afterwards. */
  void readArrived() {
    BodySource from = source;
    if (read || from == null) {
      return;
    }
    Fiber.yieldNow(); // the connection hands over what came with the head
    long held = 0;
    while (from.ready() && held < request.location().core().clientBodyBufferSize()) {
      Chunk piece = fetch();
      if (piece == null) {
        memory = join();
        read = true;
        return;
      }
      held += piece.length();
      ahead.add(piece);
    }
  }

  private byte[] join() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Chunk piece = ahead.poll(); piece != null; piece = ahead.poll()) {
      all.writeBytes(piece.bytes());
    }
    return all.toByteArray();
  }

  /** The next piece of a body that was not read yet; null at its end. */
  @Nullable Chunk next() {
    Chunk held = ahead.poll();
    return held == null ? fetch() : held;
  }

  private @Nullable Chunk fetch() {
    BodySource from = source;
    if (from == null || discarded) {
      return null;
    }
    CoreSettings core = request.location().core();
    Chunk piece;
    try {
      piece = from.read(core.clientBodyTimeout());
    } catch (TransportException e) {
      throw new ResponseAborted(failure(e));
    }
    if (piece != null) {
      received += piece.length();
      long most = core.clientMaxBodySize();
      if (most > 0 && received > most) {
        int size = piece.length();
        piece.discard();
        request.log(
            ErrorLog.ERROR,
            "client intended to send too large chunked body: "
                + (received - size)
                + "+"
                + size
                + " bytes");
        request.client().exchange().closeAfterResponse();
        throw new ResponseAborted(HttpStatus.TOO_LARGE);
      }
    }
    return piece;
  }

  private int failure(TransportException e) {
    return switch (e.kind()) {
      case TIMEOUT -> {
        request.log(ErrorLog.INFO, "client timed out (110: Connection timed out)");
        yield HttpStatus.REQUEST_TIMEOUT;
      }
      case PROTOCOL -> {
        request.log(ErrorLog.ERROR, "client sent invalid chunked body");
        request.client().exchange().closeAfterResponse();
        yield HttpStatus.BAD_REQUEST;
      }
      case LIMIT -> HttpStatus.TOO_LARGE;
      case CONNECT, CLOSED, TLS, RESOLVE -> {
        request.log(ErrorLog.INFO, "client prematurely closed connection");
        HttpExchange exchange = request.client().exchange();
        if (exchange.version() == HTTP_2 && exchange.clientGone()) {
          yield HttpStatus.CLIENT_CLOSED; // the stream was reset, which nginx tells from its end
        }
        exchange.forsake();
        yield HttpStatus.BAD_REQUEST;
      }
    };
  }

  /**
   * Lets what is unread go unread: the transport discards it after the response. A client that
   * waits with it is told to send it all the same, as nginx does where a handler needs no body.
   */
  void discard() {
    invite(); // nginx asks for a body before it looks whether there is one
    BodySource from = source;
    if (from != null && from.length() != 0) { // none stays unread, for whoever asks later
      refuse();
      if (from.malformed()) {
        throw new ResponseAborted(HttpStatus.BAD_REQUEST);
      }
    }
  }

  /** Tells a client that waits with its body to send it. */
  void invite() {
    BodySource from = source;
    if (!read && !uninvited && from != null) {
      from.begin();
    }
  }

  /** No client is told any more to send a body that only would be discarded. */
  void keepUninvited() {
    uninvited = true;
  }

  /** Lets what is unread go unread, without a word to a client that waits with it. */
  void refuse() {
    if (!read) {
      discarded = true;
      read = true;
      discardAhead();
    }
  }

  private void discardAhead() {
    for (Chunk piece = ahead.poll(); piece != null; piece = ahead.poll()) {
      piece.discard();
    }
  }

  /** The bytes in memory; null when it is unread, empty or in a file. */
  byte @Nullable [] memory() {
    byte[] bytes = memory;
    return bytes == null || bytes.length == 0 ? null : bytes;
  }

  @Nullable Path file() {
    return file;
  }

  void replace(byte[] bytes) {
    drop();
    memory = bytes;
    read = true;
  }

  void replace(Path path, boolean deleteAfterwards) {
    drop();
    memory = null;
    file = path;
    deleteFile = deleteAfterwards;
    read = true;
  }

  /** Hands the body, which was read, to {@code target} piece by piece. */
  void copyTo(java.util.function.Consumer<Chunk> target) {
    byte[] bytes = memory;
    Path path = file;
    if (bytes != null) {
      if (bytes.length > 0) {
        target.accept(Chunk.of(bytes));
      }
    } else if (path != null) {
      try (java.io.InputStream in = Files.newInputStream(path)) {
        for (byte[] piece = in.readNBytes(FILE_PIECE);
            piece.length > 0;
            piece = in.readNBytes(FILE_PIECE)) {
          target.accept(Chunk.of(piece));
        }
      } catch (IOException e) {
        request.log(ErrorLog.CRIT, "a client request body can't be read: " + e.getMessage());
        throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
      }
    }
  }

  /** Gives back what was not taken and deletes the temporary file. */
  void drop() {
    discardAhead();
    Path path = file;
    file = null;
    if (path != null && deleteFile) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        request.log(ErrorLog.CRIT, "unlink() \"" + path + "\" failed: " + e.getMessage());
      }
    }
  }
}
