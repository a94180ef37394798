package dev.banyan.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: query arguments as {@code ngx.req.get_uri_args} parses them, in order, duplicates
 * kept.
 *
 * @param entries the arguments
 * @param truncated whether there were more than asked for
 */
public record Arguments(List<Entry> entries, boolean truncated) {
  private static final Arguments NONE = new Arguments(List.of(), false);

  /** One argument; {@code value} is null for a bare name (Lua's {@code true}). */
  public record Entry(String name, @Nullable String value) {}

  /** Copies the list. */
  public Arguments {
    entries = List.copyOf(entries);
  }

  /**
   * Parses a raw argument string as lua-nginx-module does: split at {@code &}, the first {@code =}
   * ends the name, percent escapes and plus signs decoded, empty names dropped.
   *
   * @param max how many arguments at most, 0 for all
   */
  public static Arguments parse(@Nullable String raw, int max) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    List<Entry> list = new ArrayList<>(4);
    int start = 0;
    while (start <= raw.length()) {
      int end = raw.indexOf('&', start);
      if (end < 0) {
        end = raw.length();
      }
      int eq = raw.indexOf('=', start, end);
      boolean bare = eq < 0;
      String name = decode(raw, start, bare ? end : eq);
      if (!name.isEmpty()) {
        if (max > 0 && list.size() == max) {
          return new Arguments(list, true);
        }
        list.add(new Entry(name, bare ? null : decode(raw, eq + 1, end)));
      }
      start = end + 1;
    }
    return new Arguments(list, false);
  }

  /** The first value of that name; null when it is missing or bare. */
  public @Nullable String first(String name) {
    for (Entry entry : entries) {
      if (entry.name().equals(name)) {
        return entry.value();
      }
    }
    return null;
  }

  /**
   * As {@code parse(raw, 0).first(name)}, without a list of all of them.
   *
   * @param raw a raw argument string, or null
   */
  public static @Nullable String first(@Nullable String raw, String name) {
    int start = 0;
    while (raw != null && start < raw.length() && !name.isEmpty()) {
      int mark = raw.indexOf('&', start);
      int end = mark < 0 ? raw.length() : mark;
      int eq = raw.indexOf('=', start, end);
      if (spells(raw, start, eq < 0 ? end : eq, name)) {
        return eq < 0 ? null : decode(raw, eq + 1, end);
      }
      start = end + 1;
    }
    return null;
  }

  /** Whether this part of a raw argument string stands for that name. */
  private static boolean spells(String raw, int from, int to, String name) {
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == '+') {
        return decode(raw, from, to).equals(name);
      }
    }
    return to - from == name.length() && raw.startsWith(name, from);
  }

  private static String decode(String raw, int from, int to) {
    int plain = from;
    while (plain < to && raw.charAt(plain) != '%' && raw.charAt(plain) != '+') {
      plain++;
    }
    if (plain == to) {
      return raw.substring(from, to);
    }
    StringBuilder out = new StringBuilder(to - from).append(raw, from, plain);
    for (int i = plain; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%' && i + 2 < to && hex(raw.charAt(i + 1)) >= 0 && hex(raw.charAt(i + 2)) >= 0) {
        out.append((char) (hex(raw.charAt(i + 1)) * 16 + hex(raw.charAt(i + 2))));
        i += 2;
      } else {
        out.append(c == '+' ? ' ' : c);
      }
    }
    return out.toString();
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
