package dev.banyan.gateway;

import dev.banyan.nginx.DocumentRoot;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a URI's file is: {@code root} and {@code alias}. */
final class FilePaths {
  private FilePaths() {}

  /** {@code $request_filename}; null where {@link #usable} says no. */
  static @Nullable String requested(Request r) {
    return usable(r) && !isShort(r) ? of(r, r.uri()) : null;
  }

  /** Whether less is left of a rewritten URI than {@code alias} replaces. */
  private static boolean isShort(Request r) {
    int cut = r.location().core().root().cut();
    return cut != DocumentRoot.ALL && cut > r.uri().length();
  }

  /** The request's own file, where {@link #usable} says yes. */
  static String of(Request r) {
    return of(r, r.uri());
  }

  /**
   * Whether the URI leads to a file: one that was rewritten without a new location has no part any
   * more that {@code alias} could replace. Tells the log if not.
   */
  static boolean usable(Request r) {
    boolean usable = !r.isDetached() || !r.location().core().root().alias();
    if (!usable) {
      r.log(
          ErrorLog.ALERT,
          "\"alias\" could not be used in location \""
              + r.location().name()
              + "\" where URI was rewritten");
    }
    return usable;
  }

  /** The path of another URI in the request's location. */
  static String of(Request r, String uri) {
    DocumentRoot root = r.location().core().root();
    int cut = root.cut() == DocumentRoot.ALL && r.uriFollowsAlias() ? 0 : root.cut();
    return root.path().evaluate(r) + uri.substring(Math.min(cut, uri.length()));
  }

  /** {@code $document_root}. */
  static String documentRoot(Request r) {
    return r.location().core().root().path().evaluate(r);
  }

  /** {@code $realpath_root}; null when there is no such folder. */
  static @Nullable String realRoot(Request r) {
    try {
      return Path.of(documentRoot(r)).toRealPath().toString();
    } catch (IOException e) {
      return null; // nginx leaves the variable unset then
    }
  }
}
