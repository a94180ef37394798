package dev.banyan.gateway;

import dev.banyan.nginx.DocumentRoot;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a URI's file is: {@code root} and {@code alias}. */
final class FilePaths {
  private FilePaths() {}

  /** {@code $request_filename}. */
  static String of(Request r) {
    return of(r, r.uri());
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
