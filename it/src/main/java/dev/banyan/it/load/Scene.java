package dev.banyan.it.load;

import java.util.Locale;

/**
 * Immutable: under what all servers are loaded.
 *
 * @param connections how many connections load a server
 * @param streams how many requests are under way on each connection of HTTP/2
 * @param body how many octets the origin answers
 * @param modules how many modules there are beside the legacy's own, of which {@link
 *     ExtraModules#CONCERNED} at most concern a request
 * @param tenants how many tenants there are, all of which are asked for; 0 for the legacy's own
 */
record Scene(Protocol protocol, int connections, int streams, int body, int modules, int tenants) {
  /** What it is unless something else is asked for. */
  static final Scene USUAL = new Scene(Protocol.H1, 32, 8, 1024, 0, 0);

  /** How servers are spoken to. */
  enum Protocol {
    /** HTTP/1.1. */
    H1("HTTP/1.1"),
    /** HTTP/1.1 over TLS. */
    TLS("HTTP/1.1 over TLS"),
    /** HTTP/2 over TLS. */
    H2("HTTP/2 over TLS");

    private final String title;

    Protocol(String title) {
      this.title = title;
    }

    /** In words. */
    String title() {
      return title;
    }

    /** The name that a user picks it by. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In words. */
  String title() {
    return "%s, %,d connections%s, answers of %,d octets%s%s"
        .formatted(
            protocol.title(),
            connections,
            protocol == Protocol.H2 ? " of " + streams + " streams" : "",
            body,
            modules > 0 ? ", %,d modules more".formatted(modules) : "",
            tenants > 0 ? ", %,d tenants".formatted(tenants) : "");
  }
}
