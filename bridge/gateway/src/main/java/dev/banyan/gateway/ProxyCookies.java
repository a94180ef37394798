package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code proxy_cookie_domain}, {@code proxy_cookie_path} and {@code proxy_cookie_flags}. */
final class ProxyCookies {
  private ProxyCookies() {}

  static String rewrite(Request r, String cookie) {
    ProxySettings proxy = r.location().proxy();
    if (proxy.cookieDomains().isEmpty()
        && proxy.cookiePaths().isEmpty()
        && proxy.cookieFlags().isEmpty()) {
      return cookie;
    }
    List<String> parts = new ArrayList<>(List.of(cookie.split(";", -1)));
    for (int i = 1; i < parts.size(); i++) {
      String part = parts.get(i);
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      String value = equals < 0 ? "" : part.substring(equals + 1);
      if (name.equalsIgnoreCase("domain")) {
        parts.set(i, part.substring(0, equals + 1) + domain(r, proxy.cookieDomains(), value));
      } else if (name.equalsIgnoreCase("path")) {
        parts.set(i, part.substring(0, equals + 1) + path(r, proxy.cookiePaths(), value));
      }
    }
    flags(r, proxy, parts);
    return String.join(";", parts);
  }

  private static String domain(Request r, List<ProxySettings.Substitution> rules, String value) {
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
    return value;
  }

  private static String path(Request r, List<ProxySettings.Substitution> rules, String value) {
    for (ProxySettings.Substitution rule : rules) {
      String changed = ProxyRedirects.apply(r, rule, value);
      if (changed != null) {
        return changed;
      }
    }
    return value;
  }

  private static void flags(Request r, ProxySettings proxy, List<String> parts) {
    String name = parts.getFirst().split("=", 2)[0].strip();
    for (ProxySettings.CookieFlags rule : proxy.cookieFlags()) {
      if (concerns(r, rule, name)) {
        rule.flags().forEach(flag -> apply(parts, flag));
        return;
      }
    }
  }

  private static boolean concerns(Request r, ProxySettings.CookieFlags rule, String name) {
    return rule.regex() != null
        ? rule.regex().match(name, r)
        : rule.cookie() != null && rule.cookie().evaluate(r).equalsIgnoreCase(name);
  }

  private static void apply(List<String> parts, String flag) {
    String lower = flag.toLowerCase(Locale.ROOT);
    String name = lower.startsWith("no") ? lower.substring(2) : lower;
    String attribute = name.startsWith("samesite") ? "samesite" : name;
    parts.removeIf(
        part -> part.strip().toLowerCase(Locale.ROOT).split("=", 2)[0].equals(attribute));
    if (!lower.startsWith("no")) {
      parts.add(
          switch (lower) {
            case "secure" -> " Secure";
            case "httponly" -> " HttpOnly";
            case "samesite=strict" -> " SameSite=Strict";
            case "samesite=lax" -> " SameSite=Lax";
            default -> " SameSite=None";
          });
    }
  }
}
