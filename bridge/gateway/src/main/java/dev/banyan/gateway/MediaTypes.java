package dev.banyan.gateway;

import java.util.Locale;

/** Content types by file extension: {@code types} and {@code default_type}. */
final class MediaTypes {
  private MediaTypes() {}

  /** Sets the response's Content-Type after the URI's extension, unless it has one. */
  static void apply(Request r) {
    if (r.response().headers().contains("Content-Type")) {
      return;
    }
    String type = of(r);
    if (!type.isEmpty()) {
      r.response().headers().set("Content-Type", type);
    }
  }

  /** The type of the URI's extension, or the default one; empty for none. */
  static String of(Request r) {
    String uri = r.uri();
    int slash = uri.lastIndexOf('/');
    int dot = uri.lastIndexOf('.');
    if (dot > slash + 1) {
      String type =
          r.location().core().types().get(uri.substring(dot + 1).toLowerCase(Locale.ROOT));
      if (type != null) {
        return type;
      }
    }
    return r.location().core().defaultType();
  }
}
