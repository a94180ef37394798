package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code proxy_cookie_domain}, {@code proxy_cookie_path} and {@code proxy_cookie_flags}. */
final class ProxyCookies {
  private ProxyCookies() {}

  static String rewrite(Request r, ProxySettings proxy, String cookie) {
    if (proxy.cookieDomains().isEmpty()
        && proxy.cookiePaths().isEmpty()
        && proxy.cookieFlags().isEmpty()) {
      return cookie;
    }
    List<Part> parts = parts(cookie);
    if (parts.getFirst().value == null) { // a cookie without a name is left as it is
      return cookie;
    }
    boolean changed = false;
    for (int i = 1; i < parts.size(); i++) {
      Part part = parts.get(i);
      String value = part.value;
      String other =
          value == null
              ? null
              : part.is("domain")
                  ? domain(r, proxy.cookieDomains(), value)
                  : part.is("path") ? path(r, proxy.cookiePaths(), value) : null;
      if (other != null) {
        parts.set(i, new Part(part.name, other));
        changed = true;
      }
    }
    List<String> flags = flags(r, proxy, parts.getFirst().name);
    if (flags == null && !changed) {
      return cookie;
    }
    if (flags != null) {
      CookieFlags.apply(flags, parts);
    }
    return parts.stream().map(Part::toString).collect(Collectors.joining("; "));
  }

  /**
   * What stands between two semicolons, without the spaces around it and its first equals sign.
   *
   * @param value null where there is no equals sign
   */
  record Part(String name, @Nullable String value) {
    boolean is(String attribute) {
      return name.equalsIgnoreCase(attribute);
    }

    @Override
    public String toString() {
      return value == null ? name : name + "=" + value;
    }
  }

  private static List<Part> parts(String cookie) {
    List<Part> parts = new ArrayList<>();
    for (String text : cookie.split(";", -1)) {
      int equals = text.indexOf('=');
      parts.add(
          equals < 0
              ? new Part(text.strip(), null)
              : new Part(text.substring(0, equals).strip(), text.substring(equals + 1).strip()));
    }
    return parts;
  }

  /** What a rule makes of a domain; null when none concerns it. */
  private static @Nullable String domain(
      Request r, List<ProxySettings.Substitution> rules, String value) {
    int dot = value.startsWith(".") ? 1 : 0;
    for (ProxySettings.Substitution rule : rules) {
      if (rule.regex() != null) {
        if (rule.regex().match(value, r)) {
          return rule.replacement().evaluate(r);
        }
      } else if (rule.text() != null
          && rule.text().evaluate(r).equalsIgnoreCase(value.substring(dot))) {
        return value.substring(0, dot) + rule.replacement().evaluate(r);
      }
    }
    return null;
  }

  private static @Nullable String path(
      Request r, List<ProxySettings.Substitution> rules, String value) {
    for (ProxySettings.Substitution rule : rules) {
      String changed = ProxyRedirects.apply(r, rule, value);
      if (changed != null) {
        return changed;
      }
    }
    return null;
  }

  /** The flags of the first rule that concerns a cookie; null when none does. */
  private static @Nullable List<String> flags(Request r, ProxySettings proxy, String name) {
    for (ProxySettings.CookieFlags rule : proxy.cookieFlags()) {
      if (concerns(r, rule, name)) {
        return rule.flags().stream().map(flag -> flag.evaluate(r)).toList();
      }
    }
    return null;
  }

  private static boolean concerns(Request r, ProxySettings.CookieFlags rule, String name) {
    return rule.regex() != null
        ? rule.regex().match(name, r)
        : rule.cookie() != null && rule.cookie().evaluate(r).equalsIgnoreCase(name);
  }
}
