package dev.banyan.gateway;

import dev.banyan.nginx.Recoding;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code iconv_filter}. */
final class RecodingFilter implements BodyFilter {
  private static final int CHUNKING = 11;

  private final Request r;
  private final Recoding recoding;
  private final @Nullable Recoder recoder;
  private final BodyFilter next;
  private byte[] rest = new byte[0];

  RecodingFilter(Request r, Recoding recoding, BodyFilter next) {
    this.r = r;
    this.recoding = recoding;
    this.recoder = Recoder.of(recoding.from(), recoding.to());
    this.next = next;
  }

  /** Whether an answer is recoded, whose length can't be known. */
  static boolean wanted(Request r, @Nullable Recoding recoding) {
    if (recoding == null || r.response().sink().pageless()) {
      return false;
    }
    if (r.client().exchange().version() < CHUNKING) {
      r.log(ErrorLog.ERROR, "iconv does not support HTTP 1.0 yet");
      return false;
    }
    return true;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    Recoder known = recoder;
    if (known == null) {
      piece.discard();
      r.log(ErrorLog.ERROR, "no conversion from " + recoding.from() + " to " + recoding.to());
      throw new ResponseAborted(-1);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(rest);
    octets.writeBytes(piece.bytes());
    Recoder.Recoded recoded = known.recode(octets.toByteArray());
    rest = recoded.rest();
    if (recoded.octets().length > 0 || last) {
      next.write(Chunk.of(recoded.octets()), last);
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
