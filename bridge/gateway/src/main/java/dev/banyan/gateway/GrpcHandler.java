package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.GrpcAddress;
import dev.banyan.nginx.ProxyTarget;
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

  private @Nullable ProxyTarget computed(String text) {
    GrpcAddress address = GrpcAddress.parse(text);
    return ComputedTarget.of(r, address.server(), address.secure(), address::authority);
  }
}
