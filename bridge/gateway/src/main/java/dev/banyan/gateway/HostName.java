package dev.banyan.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host of a Host field or of an absolute target. */
final class HostName {
  private HostName() {}

  /** The host in lower case without port and trailing dot; null when nginx answers 400 for it. */
  static @Nullable String parse(String text) {
    int end = text.length();
    int at = 0;
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0 || (close + 1 < end && text.charAt(close + 1) != ':')) {
        return null;
      }
      at = close + 1;
    }
    int dot = -2;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        end = i;
        break;
      }
      if (c <= ' ' || c == '/' || c == 0x7f || (c == '.' && dot == i - 1)) {
        return null;
      }
      dot = c == '.' ? i : dot;
    }
    String host = text.substring(0, end);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
  }
}
