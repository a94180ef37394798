package dev.banyan.gateway;

import dev.banyan.gateway.cache.DraftFile;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.DavSettings;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** PUT: the body is written to a file, which takes its place when it is whole. */
final class DavPut {
  private static final int PIECE = 64 << 10;

  private DavPut() {}

  static Verdict run(Request r) {
    if (r.uri().endsWith("/")) {
      return DavHandler.refuse(r, DavFiles.CONFLICT, "cannot PUT to a collection");
    }
    if (r.headers().contains("Content-Range")) {
      return DavHandler.refuse(r, HttpStatus.NOT_IMPLEMENTED, "PUT with range is unsupported");
    }
    Path body = body(r);
    if (body == null) {
      String what = r.body().isDiscarded() ? "is unavailable" : "must be in a file";
      return DavHandler.refuse(r, HttpStatus.INTERNAL_ERROR, "PUT request body " + what);
    }
    if (!FilePaths.usable(r)) {
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    return place(r, body);
  }

  private static Verdict place(Request r, Path body) {
    String path = StaticHandler.systemName(FilePaths.of(r));
    DavSettings settings = r.location().settings().dav();
    String date = r.headers().first("Date");
    OptionalLong time = date == null ? OptionalLong.empty() : HttpTime.parse(date);
    int status =
        DavHandler.change(
            r,
            files ->
                files.put(
                    body,
                    path,
                    new DavFiles.Placing(
                        settings.access(),
                        settings.access(),
                        time,
                        settings.createsFolders(),
                        true)));
    if (status != HttpStatus.CREATED && status != HttpStatus.NO_CONTENT) {
      return Verdict.status(status);
    }
    Response response = r.response();
    response.status(status);
    if (status == HttpStatus.CREATED) {
      response.redirectTo(UriText.escape(r.uri()));
      response.places().ownLength(0);
    }
    response.headerOnly(true);
    response.sendHead();
    response.finish();
    return Signal.OK;
  }

  /** The file that holds the body; null where none does. */
  private static @Nullable Path body(Request r) {
    RequestBody body = r.body();
    boolean none =
        body.length() == 0 && !r.client().exchange().requestHeaders().contains("Content-Length");
    if (body.isRead() || !r.isMain() || none) {
      return body.file();
    }
    try {
      return write(r, body);
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "a client request body can't be stored: " + e.getMessage());
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
  }

  private static Path write(Request r, RequestBody body) throws IOException {
    DiskWork disk = r.service().disk();
    DraftFile draft = disk.await(() -> DraftFile.create(r.service().tempFile("client_body_temp")));
    boolean whole = false;
    try {
      long at = 0;
      ByteArrayOutputStream gathered = new ByteArrayOutputStream();
      for (Chunk piece = body.next(); piece != null; piece = body.next()) {
        gathered.writeBytes(piece.bytes());
        if (gathered.size() >= PIECE) {
          at += store(disk, draft, gathered, at);
        }
      }
      store(disk, draft, gathered, at);
      disk.await(() -> {
        draft.close();
        return draft;
      });
      whole = true;
    } finally {
      if (!whole) {
        disk.later(() -> {
          draft.discard();
          return draft;
        });
      }
    }
    body.replace(draft.path(), true);
    return draft.path();
  }

  private static int store(DiskWork disk, DraftFile draft, ByteArrayOutputStream octets, long at)
      throws IOException {
    byte[] piece = octets.toByteArray();
    octets.reset();
    disk.await(() -> {
      draft.write(piece, at);
      return draft;
    });
    return piece.length;
  }
}
