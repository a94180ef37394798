package dev.banyan.gateway;

import java.util.List;
import java.util.Locale;

/**
 * What {@code proxy_cookie_flags} does to a cookie: a flag that is there stays where it stands, one
 * that is missing comes last, and one with {@code no} before it goes.
 */
final class CookieFlags {
  /** In the order in which nginx adds them. */
  private static final List<String> NAMES = List.of("Secure", "HttpOnly", "SameSite");

  private CookieFlags() {}

  static void apply(List<String> flags, List<ProxyCookies.Part> parts) {
    for (String name : NAMES) {
      for (String flag : flags) {
        String lower = flag.toLowerCase(Locale.ROOT);
        String wanted = name.toLowerCase(Locale.ROOT);
        if (lower.equals("no" + wanted)) {
          parts.subList(1, parts.size()).removeIf(part -> part.is(name));
        } else if (lower.equals(wanted)) {
          put(parts, new ProxyCookies.Part(name, null));
        } else if (lower.startsWith(wanted + "=")) {
          put(parts, new ProxyCookies.Part(name, capitalised(lower.substring(name.length() + 1))));
        }
      }
    }
  }

  /** Only the first part of a name is looked at; it stays if it says the same. */
  private static void put(List<ProxyCookies.Part> parts, ProxyCookies.Part flag) {
    String value = flag.value();
    for (int i = 1; i < parts.size(); i++) {
      ProxyCookies.Part part = parts.get(i);
      if (part.is(flag.name())) {
        if (value != null && !value.equalsIgnoreCase(part.value())) {
          parts.set(i, flag);
        }
        return;
      }
    }
    parts.add(flag);
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
