package dev.banyan.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A request target taken apart as nginx does it.
 *
 * @param uri decoded and normalised: no empty, {@code .} or {@code ..} segments
 * @param args raw, after the question mark; empty for none
 * @param unparsed the target as sent, without scheme and host
 * @param host the host of an absolute target, null of any other
 * @param complex whether the URI as sent differs from {@code uri}
 * @param escaped whether it held an escape
 */
record RequestTarget(
    String uri, String args, String unparsed, @Nullable String host, boolean complex, boolean escaped) {

  /** Takes a target apart; null when nginx answers 400 for it. */
  static @Nullable RequestTarget parse(String target, boolean mergeSlashes) {
    String host = null;
    String rest = target;
    if (!target.startsWith("/")) {
      int scheme = target.indexOf("://");
      if (scheme <= 0) {
        return null;
      }
      int end = hostEnd(target, scheme + 3);
      host = target.substring(scheme + 3, end);
      rest = target.substring(end);
      if (host.isEmpty()) {
        return null;
      }
      if (!rest.startsWith("/")) {
        rest = "/" + rest;
      }
    }
    int hash = rest.indexOf('#');
    String used = hash < 0 ? rest : rest.substring(0, hash);
    int question = used.indexOf('?');
    String path = question < 0 ? used : used.substring(0, question);
    String args = question < 0 ? "" : used.substring(question + 1);
    String uri = normalise(path, mergeSlashes);
    if (uri == null) {
      return null;
    }
    return new RequestTarget(uri, args, rest, host, !uri.equals(path), path.indexOf('%') >= 0);
  }

  private static int hostEnd(String target, int from) {
    for (int i = from; i < target.length(); i++) {
      if ("/?#".indexOf(target.charAt(i)) >= 0) {
        return i;
      }
    }
    return target.length();
  }

  /** Decodes and normalises a path; null when it is malformed or leaves the root. */
  static @Nullable String normalise(String path, boolean mergeSlashes) {
    if (plain(path)) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    out.append('/');
    int at = 1;
    while (at < path.length()) {
      char c = path.charAt(at);
      int step = 1;
      if (c == '%') {
        int decoded = escape(path, at);
        if (decoded <= 0) {
          return null;
        }
        c = (char) decoded;
        step = 3;
      }
      if (c == '/') {
        if (!closeSegment(out, mergeSlashes, false)) {
          return null;
        }
      } else {
        out.append(c);
      }
      at += step;
    }
    return closeSegment(out, mergeSlashes, true) ? out.toString() : null;
  }

  /** Ends the segment after the last slash; false when it leads above the root. */
  private static boolean closeSegment(StringBuilder out, boolean merge, boolean atEnd) {
    int slash = out.lastIndexOf("/");
    int length = out.length() - slash - 1;
    if (length == 1 && out.charAt(slash + 1) == '.') {
      out.setLength(slash + 1);
    } else if (length == 2 && out.charAt(slash + 1) == '.' && out.charAt(slash + 2) == '.') {
      if (slash == 0) {
        return false;
      }
      out.setLength(slash);
      out.setLength(out.lastIndexOf("/") + 1);
    } else if (!atEnd && (length > 0 || !merge)) {
      out.append('/');
    }
    return true;
  }

  private static boolean plain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        return false;
      }
      if (c == '/' && i + 1 < path.length()) {
        char next = path.charAt(i + 1);
        if (next == '/' || next == '.') {
          return false;
        }
      }
    }
    return true;
  }

  /** The octet that the escape at {@code at} stands for; -1 when it is malformed. */
  private static int escape(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
