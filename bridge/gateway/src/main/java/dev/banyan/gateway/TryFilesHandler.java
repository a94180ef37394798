package dev.banyan.gateway;

import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationKind;
import dev.banyan.nginx.TryFiles;
import dev.banyan.nginx.script.Template;

/** {@code try_files}. */
final class TryFilesHandler {
  private TryFilesHandler() {}

  static Verdict run(Request r) {
    TryFiles tries = r.location().core().tryFiles();
    if (tries == null) {
      return Signal.NEXT;
    }
    for (TryFiles.Candidate candidate : tries.candidates()) {
      String path = candidate.path().evaluate(r);
      FileAccess.Info info = r.service().files().info(file(r, path));
      if (info != null && info.folder() == candidate.directory()) {
        r.uri(uri(r, path));
        return Signal.NEXT;
      }
    }
    Template fallback = tries.fallbackUri();
    if (fallback == null) {
      return Verdict.status(tries.fallbackStatus());
    }
    String target = fallback.evaluate(r);
    if (target.startsWith("@")) {
      return new Verdict.Named(target);
    }
    String[] parts = UriText.split(target);
    return new Verdict.Redirect(parts[0], parts[1]);
  }

  private static boolean aliased(Request r) {
    return r.location().core().root().alias();
  }

  private static String file(Request r, String path) {
    if (!aliased(r)) {
      return FilePaths.documentRoot(r) + path;
    }
    LocationConf location = r.location();
    boolean regex = location.kind() == LocationKind.REGEX;
    String name = regex ? "" : location.name();
    return FilePaths.documentRoot(r)
        + (path.startsWith(name) ? path.substring(name.length()) : path);
  }

  /** A folder's URI is without the slash that asks for it, so that the answer redirects to it. */
  private static String uri(Request r, String path) {
    return path.startsWith("/") || !aliased(r) ? path : r.location().name() + path;
  }
}
