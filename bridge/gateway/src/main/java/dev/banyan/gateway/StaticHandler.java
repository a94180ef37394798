package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.GzipSettings;
import dev.banyan.nginx.script.Template;
import dev.banyan.transport.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Files under {@code root} and {@code alias}, with {@code index}. */
final class StaticHandler {
  private static final int PIECE = 64 << 10;

  private StaticHandler() {}

  static Verdict run(Request r) {
    if (!r.method().equals("GET") && !r.method().equals("HEAD") && !r.method().equals("POST")) {
      return Verdict.status(HttpStatus.NOT_ALLOWED);
    }
    if (!FilePaths.usable(r)) {
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    if (r.uri().endsWith("/")) {
      return index(r);
    }
    String path = systemName(FilePaths.of(r));
    Verdict compressed = compressed(r, path);
    if (!compressed.equals(Signal.NEXT)) {
      return compressed;
    }
    FileAccess.Info info = r.service().files().info(path);
    if (info == null) {
      return missing(r, path);
    }
    if (info.folder()) {
      String args = r.args().isEmpty() ? "" : "?" + r.args();
      r.response().redirectTo(UriText.escape(r.uri()) + "/" + args);
      return Verdict.status(HttpStatus.MOVED_PERMANENTLY);
    }
    if (r.method().equals("POST")) {
      return Verdict.status(HttpStatus.NOT_ALLOWED);
    }
    return send(r, info, true, Cut.NONE);
  }

  /** {@code gzip_static}: the file beside that is compressed already; else {@link Signal#NEXT}. */
  private static Verdict compressed(Request r, String path) {
    GzipSettings settings = r.location().settings().gzip();
    if (settings.staticFiles() == GzipSettings.StaticMode.OFF || r.method().equals("POST")) {
      return Signal.NEXT;
    }
    boolean always = settings.staticFiles() == GzipSettings.StaticMode.ALWAYS;
    boolean accepted = always || GzipFilter.accepts(r, settings);
    if (!accepted && !settings.vary()) {
      return Signal.NEXT;
    }
    FileAccess.Info info = r.service().files().info(path + ".gz");
    if (info == null) {
      return Signal.NEXT;
    }
    if (!always) {
      r.response().varyByEncoding();
    }
    if (!accepted || info.folder()) {
      return Signal.NEXT;
    }
    return send(r, info, false, Cut.NONE);
  }

  /** A name as the system reads it: up to its first NUL. */
  static String systemName(String path) {
    int nul = path.indexOf('\0');
    return nul < 0 ? path : path.substring(0, nul);
  }

  static Verdict missing(Request r, String path) {
    if (r.location().core().logNotFound()) {
      boolean below = r.service().files().isBelowFile(path);
      String reason = below ? "20: Not a directory" : "2: No such file or directory";
      r.log(ErrorLog.ERROR, "open() \"" + path + "\" failed (" + reason + ")");
    }
    return Verdict.status(HttpStatus.NOT_FOUND);
  }

  static Verdict onward(Request r, String uri) {
    return r.argsGiven() ? new Verdict.Redirect(uri, r.args()) : Verdict.Redirect.of(uri, r.args());
  }

  private static Verdict index(Request r) {
    String folder = systemName(FilePaths.of(r));
    if (r.location().settings().autoindex().anyFile()) {
      Verdict any = RandomIndex.run(r, folder);
      if (!any.equals(Signal.NEXT)) {
        return any;
      }
    }
    boolean there = false;
    for (Template candidate : r.location().core().index()) {
      String name = candidate.evaluate(r);
      if (name.startsWith("/")) {
        return onward(r, name);
      }
      String path = folder + name;
      if (r.service().files().info(path) != null) {
        return onward(r, r.uri() + name);
      }
      Verdict missing = there ? Signal.NEXT : folder(r, folder, path);
      if (!missing.equals(Signal.NEXT)) {
        return missing;
      }
      there = true;
    }
    Verdict listed = Autoindex.run(r, folder);
    if (!listed.equals(Signal.NEXT)) {
      return listed;
    }
    r.log(ErrorLog.ERROR, "directory index of \"" + folder + "\" is forbidden");
    return Verdict.status(HttpStatus.FORBIDDEN);
  }

  /**
   * Whether the folder is there, {@link Signal#NEXT} if so: an {@code alias} without a slash at its
   * end may name a file where a folder is asked for.
   */
  private static Verdict folder(Request r, String folder, String path) {
    FileAccess.Info info = r.service().files().info(folder);
    if (info != null && info.folder()) {
      return Signal.NEXT;
    }
    if (info == null || folder.endsWith("/")) {
      return notFound(r, path);
    }
    r.log(ErrorLog.ALERT, "\"" + folder + "\" is not a directory");
    return Verdict.status(HttpStatus.INTERNAL_ERROR);
  }

  private static Verdict notFound(Request r, String path) {
    if (r.location().core().logNotFound()) {
      boolean below = r.service().files().isBelowFile(path);
      String reason = below ? "20: Not a directory" : "2: No such file or directory";
      r.log(ErrorLog.ERROR, "\"" + path + "\" is not found (" + reason + ")");
    }
    return Verdict.status(HttpStatus.NOT_FOUND);
  }

  /**
   * What of a file is sent.
   *
   * @param head octets that go before those of the file
   * @param from the first octet of the file that is sent
   */
  record Cut(byte[] head, long from) {
    static final Cut NONE = new Cut(new byte[0], 0);
  }

  static Verdict send(Request r, FileAccess.Info info, boolean ranges, Cut cut) {
    Response response = r.response();
    long length = cut.head.length + info.size() - cut.from;
    r.discardBody();
    InputStream in = open(r, info);
    if (in == null) {
      return Verdict.status(HttpStatus.FORBIDDEN);
    }
    try (in) {
      response.status(HttpStatus.OK);
      response.places().ownLength(length);
      response.places().modifiedAt(HttpTime.http(info.modified()));
      if (r.location().core().etag()) {
        response
            .headers()
            .add(
                "ETag",
                "\"" + Long.toHexString(info.modified()) + "-" + Long.toHexString(length) + "\"");
      }
      if (!ranges) {
        response.headers().set("Content-Encoding", "gzip"); // compressed before
      }
      MediaTypes.apply(r);
      response.allowRanges(ranges);
      response.sendHead();
      if (length == 0) {
        response.endHollow();
      }
      if (cut.head.length > 0) {
        response.write(Chunk.of(cut.head.clone()), false);
        in.skipNBytes(cut.from);
      }
      copy(r, in, info.size() - cut.from);
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "read() \"" + info.path() + "\" failed: " + e.getMessage());
      return Verdict.failed();
    }
    return Signal.OK;
  }

  private static @Nullable InputStream open(Request r, FileAccess.Info info) {
    try {
      return Files.newInputStream(info.path());
    } catch (IOException e) {
      r.log(ErrorLog.ERROR, "open() \"" + info.path() + "\" failed (13: Permission denied)");
      return null;
    }
  }

  private static void copy(Request r, InputStream in, long size) throws IOException {
    Response response = r.response();
    if (response.headerOnly()) {
      return;
    }
    RatePacer pacer = RatePacer.of(r);
    long left = size;
    while (left > 0) {
      byte[] piece = in.readNBytes((int) Math.min(pacer.piece(PIECE), left));
      if (piece.length == 0) {
        break;
      }
      left -= piece.length;
      response.write(Chunk.of(piece), left == 0);
      response.awaitWritable(r.location().core().sendTimeout(), false);
      pacer.sent(piece.length);
    }
    response.finish();
  }
}
