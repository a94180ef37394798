package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.UpstreamGroup;
import dev.banyan.nginx.script.Template;

/**
 * Finds the servers of a {@code memc_pass} or a {@code redis2_pass} with variables, which name
 * upstreams of the configuration and nothing else.
 */
final class NamedTarget {
  private NamedTarget() {}

  /**
   * The upstream that a name means.
   *
   * @param empty what the log says of a name that is empty
   * @param module how the log calls who doesn't find it
   * @throws ResponseAborted when there is none, which is logged
   */
  static ProxyTarget of(Request r, Template named, String empty, String module) {
    String name = named.evaluate(r);
    if (name.isEmpty()) {
      throw refused(r, empty);
    }
    String upstream = UpstreamGroup.find(name, r.service().http().upstreams().keySet());
    if (upstream == null) {
      throw refused(r, module + ": upstream \"" + name + "\" not found");
    }
    return new ProxyTarget(false, name, HostPort.parse(upstream, 0), false, null);
  }

  /** Logs why a request can't be answered. */
  static ResponseAborted refused(Request r, String said) {
    r.log(ErrorLog.ERROR, said);
    return new ResponseAborted(HttpStatus.INTERNAL_ERROR);
  }
}
