package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.GrpcAddress;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.ServerAddress;
import dev.banyan.nginx.UpstreamGroup;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code grpc_pass}. */
final class GrpcHandler {
  private final Request r;
  private final ContentHandler.Grpc handler;

  GrpcHandler(Request r, ContentHandler.Grpc handler) {
    this.r = r;
    this.handler = handler;
  }

  Verdict run() {
    r.upstream().cacheStatus(null);
    r.upstream().passed(handler.target());
    ProxyTarget written = handler.target();
    ProxyTarget target = written == null ? computed(handler.named().evaluate(r)) : written;
    return target == null
        ? Verdict.status(HttpStatus.INTERNAL_ERROR)
        : new OriginPass(r, new GrpcDialect(r, target), target).run();
  }

  /** Of an address that was computed; null, which is logged, for one that names no servers. */
  private @Nullable ProxyTarget computed(String text) {
    GrpcAddress address = GrpcAddress.parse(text);
    try {
      HostPort server = ServerAddress.parse(address.server());
      boolean portless = server.port() == 0 && !server.isUnix();
      boolean named =
          UpstreamGroup.find(server.host(), r.service().http().upstreams().keySet()) != null;
      if (portless && !named) {
        r.log(ErrorLog.ERROR, "no port in upstream \"" + server.host() + "\"");
        return null;
      }
      return new ProxyTarget(address.secure(), address.authority(server), server, !portless, null);
    } catch (IllegalArgumentException e) {
      r.log(ErrorLog.ERROR, e.getMessage() + " in upstream \"" + address.server() + "\"");
      return null;
    }
  }
}
