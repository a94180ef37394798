package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.script.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  private static String domain(Request r, Map<String, Template> rules, String value) {
    String bare = value.startsWith(".") ? value.substring(1) : value;
    for (Map.Entry<String, Template> rule : rules.entrySet()) {
      String from = rule.getKey().startsWith(".") ? rule.getKey().substring(1) : rule.getKey();
      if (from.equalsIgnoreCase(bare)) {
        return rule.getValue().evaluate(r);
      }
    }
    return value;
  }

  private static String path(Request r, Map<String, Template> rules, String value) {
    for (Map.Entry<String, Template> rule : rules.entrySet()) {
      if (value.startsWith(rule.getKey())) {
        return rule.getValue().evaluate(r) + value.substring(rule.getKey().length());
      }
    }
    return value;
  }

  private static void flags(Request r, ProxySettings proxy, List<String> parts) {
    String name = parts.getFirst().split("=", 2)[0].strip();
    for (ProxySettings.CookieFlags rule : proxy.cookieFlags()) {
      String wanted = rule.cookie().evaluate(r);
      if (!wanted.equals("~") && !wanted.equals(name)) {
        continue;
      }
      for (String flag : rule.flags()) {
        apply(parts, flag);
      }
      return;
    }
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
