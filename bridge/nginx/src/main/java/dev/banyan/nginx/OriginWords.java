package dev.banyan.nginx;

import java.util.Set;

/** What the modules that pass requests on call the failures of servers. */
final class OriginWords {
  /** Statuses of gateways, which an application server isn't. */
  private static final Set<String> OF_GATEWAYS = Set.of("http_502", "http_504");

  private OriginWords() {}

  /** Whether a word is the proxy module's alone. */
  static boolean isProxysOwn(String module, String word) {
    return !module.equals("proxy") && OF_GATEWAYS.contains(word);
  }
}
