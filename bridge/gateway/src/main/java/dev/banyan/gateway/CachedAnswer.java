package dev.banyan.gateway;

import dev.banyan.gateway.cache.CachedFile;
import dev.banyan.gateway.cache.CachedHead;
import dev.banyan.transport.Chunk;
import java.io.IOException;

/** Owned by its request's loop: sends what is kept of an answer, as its origin's would be sent. */
final class CachedAnswer {
  private static final int PIECE = 64 << 10;

  private final Request r;
  private final PassDialect dialect;

  CachedAnswer(Request r, PassDialect dialect) {
    this.r = r;
    this.dialect = dialect;
  }

  /** Sends it and closes the file. */
  Verdict send(CachedFile file) {
    try {
      CachedHead head = file.head();
      r.upstream().answered(head.status(), head.fields());
      ProxyResponseHead.copy(
          r,
          dialect,
          new ProxyResponseHead.Answer(head.status(), head.statusLine(), head.fields()),
          ProxyResponseHead.Source.CACHE);
      r.response().sendHead();
      if (!r.response().headerOnly()) {
        body(file);
      }
      return Signal.OK;
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "a cached file can't be read: " + e);
      return Verdict.failed();
    } finally {
      r.service()
          .disk()
          .later(() -> {
            file.close();
            return 0;
          });
    }
  }

  private void body(CachedFile file) throws IOException {
    Response response = r.response();
    RatePacer pacer = RatePacer.of(r);
    byte[] piece = file.first();
    long at = 0;
    while (at < file.length()) {
      if (piece.length == 0) {
        long from = at;
        int most = (int) pacer.piece(PIECE);
        piece = r.service().disk().await(() -> file.read(from, most));
      }
      at += piece.length;
      response.write(Chunk.of(piece), at == file.length());
      response.awaitWritable(r.location().core().sendTimeout(), false);
      pacer.sent(piece.length);
      piece = new byte[0];
    }
    response.finish();
  }
}
