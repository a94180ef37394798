package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.UriEscape;

/** Percent-escaping of octet strings. */
final class UriText {
  private static final String HEX = "0123456789ABCDEF";

  private UriText() {}

  /** Escapes what a URI's path can't hold, as nginx does when it passes a changed URI on. */
  static String escape(String uri) {
    byte[] bytes = Octets.bytes(uri);
    return UriEscape.PATH.count(bytes, 0, bytes.length) == 0
        ? uri
        : Octets.string(UriEscape.PATH.escape(bytes, 0, bytes.length));
  }

  /** Escapes the octets that no request line may hold; arguments stay as they are otherwise. */
  static String withoutControls(String args) {
    StringBuilder out = null;
    for (int i = 0; i < args.length(); i++) {
      char c = args.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        out = out == null ? new StringBuilder(args.length() + 16).append(args, 0, i) : out;
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? args : out.toString();
  }

  /** Splits a target into its path and its arguments. */
  static String[] split(String target) {
    int question = target.indexOf('?');
    return question < 0
        ? new String[] {target, ""}
        : new String[] {target.substring(0, question), target.substring(question + 1)};
  }
}
