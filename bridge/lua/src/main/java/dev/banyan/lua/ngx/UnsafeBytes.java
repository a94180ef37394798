package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;

/** Refuses control characters where they could split a head. */
final class UnsafeBytes {
  private UnsafeBytes() {}

  /** Raises {@code unsafe byte "0x0a" in NAME "..."ADVICE} for a control character. */
  static void refuse(String octets, String name, String advice) {
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127) {
        throw LuaErrors.raise(
            String.format(
                "unsafe byte \"0x%02x\" in %s \"%s\"%s", (int) c, name, escape(octets), advice));
      }
    }
  }

  private static String escape(String octets) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > 126) {
        out.append(String.format("\\x%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
