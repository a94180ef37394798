package dev.banyan.nginx;

import org.jspecify.annotations.Nullable;

/**
 * Owned by one call: decodes a path and resolves its segments in one pass. Decoded slashes and dots
 * count like plain ones; a decoded percent, hash or question mark never does.
 */
final class UriNormalizer {
  private final String raw;
  private final boolean mergeSlashes;
  private final StringBuilder path = new StringBuilder();
  private boolean escaped;

  UriNormalizer(String raw, boolean mergeSlashes) {
    this.raw = raw;
    this.mergeSlashes = mergeSlashes;
  }

  /** As {@link #normalize}, without any work where a path is as it should be, as most are. */
  static @Nullable NormalizedUri normalized(String raw, boolean mergeSlashes) {
    int end = plainEnd(raw);
    return end < 0
        ? new UriNormalizer(raw, mergeSlashes).normalize()
        : new NormalizedUri(raw.substring(0, end), args(raw, end), false);
  }

  /** Where a path ends that stands for itself; -1 for others. */
  private static int plainEnd(String raw) {
    if (!raw.startsWith("/")) {
      return -1;
    }
    char before = 'a';
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '?' || c == '#') {
        return i;
      }
      if (c == '%' || c == '+' || (before == '/' && (c == '/' || c == '.'))) {
        return -1;
      }
      before = c;
    }
    return raw.length();
  }

  private @Nullable NormalizedUri normalize() {
    if (!raw.startsWith("/")) {
      return null;
    }
    int segment = 0;
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      if (c == '?' || c == '#') {
        break;
      }
      boolean literal = false;
      if (c == '%') {
        int value = escape(at);
        if (value <= 0) {
          return null;
        }
        escaped = true;
        literal = value == '%' || value == '#' || value == '?';
        c = (char) value;
        at += 2;
      }
      at++;
      escaped |= c == '+';
      if (c == '/' && !literal) {
        segment = slash(segment);
        if (segment < 0) {
          return null;
        }
      } else {
        path.append(c);
      }
    }
    return resolveDots(segment) ? new NormalizedUri(path.toString(), args(raw, at), escaped) : null;
  }

  /** Ends a segment; the start of the next one, or -1 when it leads above the root. */
  private int slash(int segment) {
    int length = path.length();
    if (!resolveDots(segment)) {
      return -1;
    }
    boolean resolved = path.length() < length;
    boolean repeated = length > 0 && path.charAt(path.length() - 1) == '/';
    if (!resolved && !(repeated && mergeSlashes)) {
      path.append('/');
    }
    return path.length();
  }

  /** Removes a last segment of one or two dots, with its parent; false above the root. */
  private boolean resolveDots(int segment) {
    String last = path.substring(segment);
    if (last.equals(".")) {
      path.setLength(segment);
    }
    if (!last.equals("..")) {
      return true;
    }
    int parent = segment - 2;
    while (parent >= 0 && path.charAt(parent) != '/') {
      parent--;
    }
    path.setLength(Math.max(0, parent + 1));
    return parent >= 0;
  }

  private static String args(String raw, int end) {
    if (end >= raw.length() || raw.charAt(end) == '#') {
      return "";
    }
    int hash = raw.indexOf('#', end);
    return raw.substring(end + 1, hash < 0 ? raw.length() : hash);
  }

  private int escape(int percent) {
    if (percent + 2 >= raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(percent + 1), 16);
    int low = Character.digit(raw.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
