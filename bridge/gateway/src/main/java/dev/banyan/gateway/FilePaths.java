package dev.banyan.gateway;

import dev.banyan.nginx.DocumentRoot;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationKind;
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
    LocationConf location = r.location();
    DocumentRoot root = location.core().root();
    String path = root.path().evaluate(r);
    if (!root.alias()) {
      return path + uri;
    }
    if (location.kind() == LocationKind.REGEX || location.name().isEmpty()) {
      return path;
    }
    int cut = Math.min(location.name().length(), uri.length());
    return path + uri.substring(cut);
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
