package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.UriEscape;

/** Percent-escaping of octet strings. */
final class UriText {
  private UriText() {}

  /** Escapes what a URI's path can't hold, as nginx does when it passes a changed URI on. */
  static String escape(String uri) {
    byte[] bytes = Octets.bytes(uri);
    return UriEscape.PATH.count(bytes, 0, bytes.length) == 0
        ? uri
        : Octets.string(UriEscape.PATH.escape(bytes, 0, bytes.length));
  }

  /** Splits a target into its path and its arguments. */
  static String[] split(String target) {
    int question = target.indexOf('?');
    return question < 0
        ? new String[] {target, ""}
        : new String[] {target.substring(0, question), target.substring(question + 1)};
  }
}
