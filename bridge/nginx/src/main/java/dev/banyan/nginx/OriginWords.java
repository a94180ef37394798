package dev.banyan.nginx;

import java.util.Set;

/** What the modules that pass requests on call the failures of servers. */
final class OriginWords {
  /** Statuses of gateways, which an application server isn't. */
  private static final Set<String> OF_GATEWAYS = Set.of("http_502", "http_504");

  private OriginWords() {}

  /** Whether a word is one of other modules, but not of this one. */
  static boolean isForeign(String module, String word) {
    return switch (module) {
      case "proxy" -> false;
      case "grpc" -> word.equals("updating"); // it keeps nothing that could be stale
      default -> OF_GATEWAYS.contains(word);
    };
  }
}
