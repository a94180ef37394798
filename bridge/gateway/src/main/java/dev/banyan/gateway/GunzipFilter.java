package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.GzipSettings;
import dev.banyan.transport.Chunk;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Owned by its request's loop: {@code gunzip}, for clients that take no compressed answers. */
final class GunzipFilter implements BodyFilter {
  private static final int PIECE = 32 << 10;
  private static final int TRAILER = 8;

  private final Request r;
  private final BodyFilter next;
  private final Inflater inflater = new Inflater(true);
  private GzipHead head = new GzipHead();
  private int trailerLeft;
  private boolean broken;

  GunzipFilter(Request request, BodyFilter next) {
    this.r = request;
    this.next = next;
  }

  /** Whether this response is compressed, and its client can't read that. */
  static boolean wanted(Request r, GzipSettings settings) {
    String coding = r.response().headers().first("Content-Encoding");
    if (!settings.gunzip() || !"gzip".equalsIgnoreCase(coding)) {
      return false;
    }
    r.response().varyByEncoding();
    return !GzipFilter.accepts(r, settings);
  }

  static void prepare(Response response) {
    Headers fields = response.headers();
    fields.remove("Content-Encoding");
    fields.remove("Content-Length");
    fields.remove("Accept-Ranges");
    response.allowRanges(false);
    GzipFilter.weaken(fields);
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (broken) {
      piece.discard();
      return;
    }
    byte[] bytes = piece.bytes();
    try {
      take(bytes);
    } catch (DataFormatException e) {
      broken = true;
      inflater.end();
      r.log(ErrorLog.ERROR, "inflate() failed: " + e.getMessage());
      throw new ResponseAborted(-1);
    }
    if (last) {
      inflater.end();
      next.write(Chunk.of(new byte[0]), true);
    }
  }

  /** Takes compressed octets: heads, data and trailers of one member after the other. */
  private void take(byte[] bytes) throws DataFormatException {
    int at = 0;
    while (at < bytes.length) {
      if (trailerLeft > 0) {
        int count = Math.min(trailerLeft, bytes.length - at);
        trailerLeft -= count;
        at += count;
        if (trailerLeft == 0) {
          head = new GzipHead();
          inflater.reset();
        }
      } else if (!head.complete()) {
        at = head.take(bytes, at);
      } else {
        inflater.setInput(bytes, at, bytes.length - at);
        inflate();
        at = bytes.length - inflater.getRemaining();
        if (inflater.finished()) {
          trailerLeft = TRAILER;
        }
      }
    }
  }

  private void inflate() throws DataFormatException {
    byte[] out = new byte[PIECE];
    for (int count = inflater.inflate(out); count > 0; count = inflater.inflate(out)) {
      next.write(Chunk.of(Arrays.copyOf(out, count)), false);
      r.response().awaitWritable(r.location().core().sendTimeout(), false);
    }
    if (!inflater.finished() && !inflater.needsInput()) {
      throw new DataFormatException("the data needs a dictionary");
    }
  }

  @Override
  public void flush() {
    next.flush();
  }

  /** The head of a member, octet by octet. */
  private static final class GzipHead {
    private static final int FIXED = 10;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private int seen;
    private int flags;
    private int extraSeen;
    private int extra = -1;
    private int checksumSeen;

    boolean complete() {
      return seen >= FIXED && flags == 0;
    }

    /** Takes octets until the head is complete; answers where it stopped. */
    int take(byte[] bytes, int from) throws DataFormatException {
      int at = from;
      while (at < bytes.length && !complete()) {
        int octet = bytes[at++] & 0xff;
        if (seen < FIXED) {
          fixed(octet);
        } else {
          optional(octet);
        }
      }
      return at;
    }

    private void fixed(int octet) throws DataFormatException {
      boolean right =
          switch (seen) {
            case 0 -> octet == 0x1f;
            case 1 -> octet == 0x8b;
            case 2 -> octet == 8;
            default -> true;
          };
      if (!right) {
        throw new DataFormatException("incorrect header check");
      }
      if (seen == 3) {
        flags = octet & (CHECKSUM | EXTRA | NAME | COMMENT);
      }
      seen++;
    }

    private void optional(int octet) {
      if ((flags & EXTRA) != 0) {
        extraField(octet);
      } else if ((flags & NAME) != 0) {
        flags = octet == 0 ? flags & ~NAME : flags;
      } else if ((flags & COMMENT) != 0) {
        flags = octet == 0 ? flags & ~COMMENT : flags;
      } else if (++checksumSeen == 2) {
        flags = 0;
      }
    }

    private void extraField(int octet) {
      if (extraSeen == 0) {
        extra = octet;
      } else if (extraSeen == 1) {
        extra |= octet << 8;
      }
      extraSeen++;
      if (extraSeen >= 2 && extraSeen == extra + 2) {
        flags &= ~EXTRA;
      }
    }
  }
}
