package dev.banyan.gateway;

/** A path on the server that answers a request, as an absolute address. */
final class OwnAddress {
  private OwnAddress() {}

  static String of(Request r, String path) {
    String scheme = r.client().exchange().tls() == null ? "http" : "https";
    String name = r.location().core().serverNameInRedirect() ? r.server().primaryName() : host(r);
    if (name.isEmpty()) {
      name = r.client().localHost();
    }
    int port = r.client().local().getPort();
    boolean usual = port == (scheme.equals("http") ? 80 : 443);
    boolean withPort = r.location().core().portInRedirect() && !usual;
    return scheme + "://" + name + (withPort ? ":" + port : "") + path;
  }

  /** The host that was asked for, or that Lua has put into its place; empty for none. */
  private static String host(Request r) {
    String host = r.client().sentHost().asked(r.headers());
    return host == null ? r.client().host() : host;
  }
}
