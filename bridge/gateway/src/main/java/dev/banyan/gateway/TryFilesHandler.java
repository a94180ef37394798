package dev.banyan.gateway;

import dev.banyan.nginx.DocumentRoot;
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
      String path = below(r, candidate.path());
      FileAccess.Info info = r.service().files().info(FilePaths.documentRoot(r) + path);
      if (info != null && info.folder() == candidate.directory()) {
        take(r, path, candidate.directory());
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

  /**
   * A name below the root: of an evaluated one, {@code alias} replaces what the URI begins with.
   */
  private static String below(Request r, Template name) {
    String path = name.evaluate(r);
    int cut = r.location().core().root().cut();
    boolean replaced =
        !name.isConstant() && cut != DocumentRoot.ALL && path.regionMatches(0, r.uri(), 0, cut);
    return replaced ? path.substring(Math.min(cut, path.length())) : path;
  }

  /**
   * Makes the file that was found the URI, as nginx's module does. A folder's name is without the
   * slash that asks for it, so that the answer redirects to it.
   */
  private static void take(Request r, String path, boolean folder) {
    int cut = r.location().core().root().cut();
    if (cut == DocumentRoot.ALL) {
      if (!folder) {
        r.uri(path);
        r.followAlias();
      }
    } else {
      r.uri(r.uri().substring(0, Math.min(cut, r.uri().length())) + path);
    }
  }
}
