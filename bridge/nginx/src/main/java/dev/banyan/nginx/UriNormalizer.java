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

  @Nullable NormalizedUri normalize() {
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
    return resolveDots(segment, false) < 0
        ? null
        : new NormalizedUri(path.toString(), args(at), escaped);
  }

  /** Ends a segment; the start of the next one, or -1 when it leads above the root. */
  private int slash(int segment) {
    int start = resolveDots(segment, true);
    if (start < 0) {
      return -1;
    }
    boolean again = path.length() > 0 && path.charAt(path.length() - 1) == '/';
    if (!again || (!mergeSlashes && start == segment)) {
      path.append('/');
    }
    return path.length();
  }

  /** Removes a segment of one or two dots; where the current segment starts now, or -1. */
  private int resolveDots(int segment, boolean more) {
    String last = path.substring(segment);
    if (last.equals(".")) {
      path.setLength(segment);
      return more ? segment + 1 : segment;
    }
    if (!last.equals("..")) {
      return segment;
    }
    int parent = segment - 2;
    while (parent >= 0 && path.charAt(parent) != '/') {
      parent--;
    }
    if (parent < 0) {
      return -1;
    }
    path.setLength(parent + 1);
    return parent + 2;
  }

  private String args(int end) {
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
