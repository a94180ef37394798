package dev.banyan.gateway;

import dev.banyan.nginx.DavSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code dav_methods}: requests that change files. */
final class DavHandler {
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  /** No Depth field that means anything. */
  static final int INVALID = -2;

  /** Everything below, however deep. */
  static final int INFINITY = -1;

  private DavHandler() {}

  static Verdict run(Request r) {
    return switch (r.method()) {
      case "PUT" -> DavPut.run(r);
      case "DELETE" -> delete(r);
      case "MKCOL" -> makeFolder(r);
      default -> DavTransfer.run(r);
    };
  }

  /** Refuses with a status, and says why. */
  static Verdict refuse(Request r, int status, String why) {
    r.log(ErrorLog.ERROR, why);
    return Verdict.status(status);
  }

  /** A body where none is understood; null for none. */
  static @Nullable Verdict refuseBody(Request r, String what) {
    boolean chunked = r.body().lengthOfChunks() >= 0;
    return chunked || r.body().length() != 0 ? refuse(r, UNSUPPORTED_MEDIA_TYPE, what) : null;
  }

  /** Does a change where it may wait for the disk, and logs what went wrong with it. */
  static int change(Request r, DavFiles.Change change) {
    DavFiles files = new DavFiles(r.service().files());
    try {
      return r.service().disk().await(() -> change.apply(files));
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "files can't be changed: " + e.getMessage());
      return HttpStatus.INTERNAL_ERROR;
    } finally {
      files.lines().forEach(line -> r.log(line.level(), line.text()));
    }
  }

  private static Verdict makeFolder(Request r) {
    Verdict body = refuseBody(r, "MKCOL with body is unsupported");
    if (body != null) {
      return body;
    }
    if (!r.uri().endsWith("/")) {
      return refuse(r, DavFiles.CONFLICT, "MKCOL can create a collection only");
    }
    if (!FilePaths.usable(r)) {
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    String path = withoutSlash(StaticHandler.systemName(FilePaths.of(r)));
    int access = FileMode.folder(r.location().settings().dav().access());
    int status = change(r, files -> files.makeFolder(path, access, DavFiles.CONFLICT));
    if (status == HttpStatus.CREATED) {
      r.response().redirectTo(UriText.escape(r.uri()));
    }
    return Verdict.status(status);
  }

  private static Verdict delete(Request r) {
    Verdict body = refuseBody(r, "DELETE with body is unsupported");
    if (body != null) {
      return body;
    }
    DavSettings settings = r.location().settings().dav();
    int depth = tooHigh(r.uri(), settings.minDeleteDepth());
    if (depth >= 0) {
      return refuse(r, DavFiles.CONFLICT, "insufficient URI depth:" + depth + " to DELETE");
    }
    if (!FilePaths.usable(r)) {
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    String path = StaticHandler.systemName(FilePaths.of(r));
    boolean slash = r.uri().endsWith("/");
    String deep = r.headers().first("Depth");
    int status =
        change(
            r,
            files -> {
              DavFiles.Found found = files.look(path, HttpStatus.NOT_FOUND, DavFiles.CONFLICT);
              if (!found.there()) {
                return found.status();
              }
              if (found.folder() && !slash) {
                files.say(ErrorLog.ERROR, "DELETE \"" + path + "\" failed (21: Is a directory)");
                return DavFiles.CONFLICT;
              }
              return goesDeep(files, deep, found.folder())
                  ? files.delete(path, found.folder())
                  : HttpStatus.BAD_REQUEST;
            });
    return Verdict.status(status);
  }

  /** How deep a path is that is not deep enough; -1 for one that is. */
  private static int tooHigh(String uri, int least) {
    int depth = 0;
    for (int i = 0; i < uri.length() && least > 0; i++) {
      if (uri.charAt(i) == '/' && ++depth >= least && i + 1 < uri.length()) {
        return -1;
      }
    }
    return least > 0 ? depth : -1;
  }

  /** Whether Depth allows to delete this; says what is wrong if not. */
  private static boolean goesDeep(DavFiles files, @Nullable String sent, boolean folder) {
    int depth = depth(sent, folder ? INFINITY : 0);
    if (depth == INVALID) {
      files.say(ErrorLog.ERROR, invalid(String.valueOf(sent)));
    }
    boolean allowed = depth == INFINITY || (depth == 0 && !folder);
    if (!allowed) {
      String words = folder ? "infinity" : "0 or infinity";
      files.say(ErrorLog.ERROR, "\"Depth\" header must be " + words);
    }
    return allowed;
  }

  static String invalid(String depth) {
    return "client sent invalid \"Depth\" header: \"" + depth + "\"";
  }

  /** The Depth that was sent, or what stands for none. */
  static int depth(@Nullable String sent, int none) {
    if (sent == null) {
      return none;
    }
    return switch (sent) {
      case "0" -> 0;
      case "1" -> 1;
      case "infinity" -> INFINITY;
      default -> INVALID;
    };
  }

  static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
