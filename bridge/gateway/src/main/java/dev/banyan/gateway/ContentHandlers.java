package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import java.util.Base64;

/** The content phase: runs what the location answers with. */
final class ContentHandlers {
  private static final byte[] GIF =
      Base64.getDecoder().decode("R0lGODlhAQABAIABAAAAAP///yH5BAEAAAEALAAAAAABAAEAAAICTAEAOw==");

  private ContentHandlers() {}

  static Verdict run(Request r) {
    return switch (r.location().content()) {
      case ContentHandler.Lua lua -> LuaPhases.content(r, lua.handler());
      case ContentHandler.Proxy proxy -> new ProxyHandler(r, proxy).run();
      case ContentHandler.Cgi cgi -> new CgiHandler(r, cgi).run();
      case ContentHandler.Grpc grpc -> new GrpcHandler(r, grpc).run();
      case ContentHandler.Memcached memcached -> new MemcachedHandler(r, memcached).run();
      case ContentHandler.Memc memc -> new MemcHandler(r, memc).run();
      case ContentHandler.Redis redis -> new RedisHandler(r, redis).run();
      case ContentHandler.Echo echo -> new EchoHandler(r, echo).run();
      case ContentHandler.StaticFiles _ -> files(r);
      case ContentHandler.Flv _ -> FlvHandler.run(r);
      case ContentHandler.EmptyGif _ -> emptyGif(r);
      case ContentHandler.StubStatus _ -> stubStatus(r);
    };
  }

  /** What changes files comes before what sends them. */
  private static Verdict files(Request r) {
    return r.location().settings().dav().methods().contains(r.method())
        ? DavHandler.run(r)
        : StaticHandler.run(r);
  }

  private static boolean readOnly(Request r) {
    return r.method().equals("GET") || r.method().equals("HEAD");
  }

  private static Verdict emptyGif(Request r) {
    if (!readOnly(r)) {
      return Verdict.status(HttpStatus.NOT_ALLOWED);
    }
    r.response().status(HttpStatus.OK);
    r.response().headers().set("Content-Type", "image/gif");
    r.response().places().modifiedAt("Mon, 28 Sep 1970 06:00:00 GMT");
    r.response().send(GIF.clone());
    return Signal.OK;
  }

  private static Verdict stubStatus(Request r) {
    if (!readOnly(r)) {
      return Verdict.status(HttpStatus.NOT_ALLOWED);
    }
    r.response().status(HttpStatus.OK);
    r.response().headers().set("Content-Type", "text/plain");
    r.response().send(Octets.bytes(r.service().stats().page()));
    return Signal.OK;
  }
}
