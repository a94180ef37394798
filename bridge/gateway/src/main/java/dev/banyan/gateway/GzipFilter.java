package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.GzipSettings;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code gzip}. */
final class GzipFilter implements BodyFilter {
  /** No name and no time, compressed by Unix; zlib tells of its fastest level, nginx's default. */
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

  private static final int HOW = 8;
  private static final int TRAILER = 8;
  private static final byte FASTEST = 4;
  private static final byte BEST = 2;
  private static final int PIECE = 8192;

  private final Deflater deflater;
  private final int level;
  private final CRC32 checksum = new CRC32();
  private final BodyFilter next;
  private final Response response;
  private long total;
  private boolean begun;
  private boolean ended;

  GzipFilter(Response response, int level, BodyFilter next) {
    this.response = response;
    this.deflater = new Deflater(level, true);
    this.level = level;
    this.next = next;
  }

  /** Whether this response is to be compressed for this client. */
  static boolean wanted(Request r, GzipSettings settings) {
    Response response = r.response();
    int status = response.status();
    Headers fields = response.headers();
    if (!settings.enabled()
        || (status != 200 && status != 403 && status != 404)
        || fields.contains("Content-Encoding")
        || response.headerOnly()) {
      return false;
    }
    String length = fields.first("Content-Length");
    String type = fields.first("Content-Type");
    if (!Charset.listed(type, settings.types())
        || (length != null && Octets.decimal(length) < settings.minLength())) {
      return false;
    }
    response.varyByEncoding();
    return accepts(r, settings);
  }

  /** Whether this client takes compressed answers. */
  static boolean accepts(Request r, GzipSettings settings) {
    String accepted = r.headers().first("Accept-Encoding");
    boolean newEnough = r.luaHost().httpVersion() >= settings.minHttpVersion();
    return newEnough
        && accepted != null
        && AcceptedEncoding.gzip(accepted)
        && !disabledFor(r.headers().first("User-Agent"), settings)
        && (r.headers().first("Via") == null || GzipProxied.allows(r, settings.proxied()));
  }

  private static boolean disabledFor(@Nullable String agent, GzipSettings settings) {
    if (agent == null) {
      return false;
    }
    return (settings.disabledOldExplorer() && UserAgents.oldExplorer(agent))
        || settings.disabledAgents().stream().anyMatch(pattern -> pattern.found(agent));
  }

  static void prepare(Request r) {
    Headers fields = r.response().headers();
    fields.add("Content-Encoding", "gzip");
    fields.remove("Content-Length");
    fields.remove("Accept-Ranges");
    r.response().allowRanges(false);
    weaken(fields);
  }

  /** Makes a strong ETag weak. */
  static void weaken(Headers fields) {
    @Nullable String etag = fields.first("ETag");
    if (etag != null && !etag.startsWith("W/")) {
      if (etag.startsWith("\"")) {
        fields.setValue("ETag", "W/" + etag);
      } else {
        fields.remove("ETag");
      }
    }
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (ended) {
      piece.discard();
      return;
    }
    byte[] bytes = piece.bytes();
    total += bytes.length;
    checksum.update(bytes);
    deflater.setInput(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream(PIECE);
    begin(out);
    if (last) {
      ended = true;
      deflater.finish();
    }
    drain(out, Deflater.NO_FLUSH);
    if (last) {
      trailer(out);
      response.compression(
          new Compression(total, HEAD.length + deflater.getBytesWritten() + TRAILER));
      deflater.end();
    }
    if (out.size() > 0 || last) {
      next.write(Chunk.of(out.toByteArray()), last);
    }
  }

  private void begin(ByteArrayOutputStream out) {
    if (!begun) {
      begun = true;
      byte[] head = HEAD.clone();
      head[HOW] =
          level == Deflater.BEST_SPEED ? FASTEST : level == Deflater.BEST_COMPRESSION ? BEST : 0;
      out.writeBytes(head);
    }
  }

  private void drain(ByteArrayOutputStream out, int mode) {
    byte[] piece = new byte[PIECE];
    int count = deflater.deflate(piece, 0, PIECE, mode);
    while (count > 0) {
      out.write(piece, 0, count);
      count = deflater.deflate(piece, 0, PIECE, mode);
    }
  }

  private void trailer(ByteArrayOutputStream out) {
    little(out, checksum.getValue());
    little(out, total);
  }

  private static void little(ByteArrayOutputStream out, long value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write((int) (value >> shift) & 0xff);
    }
  }

  @Override
  public void flush() {
    if (!ended && begun) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(PIECE);
      drain(out, Deflater.SYNC_FLUSH);
      if (out.size() > 0) {
        next.write(Chunk.of(out.toByteArray()), false);
      }
    }
    next.flush();
  }
}
