package dev.banyan.it.traffic;

import java.util.ArrayList;
import java.util.List;

/** Scenes of bodies up and down, of failing origins, and of the edge's own endpoints. */
final class Freight {
  private static final int MEGABYTE = 1 << 20;
  private static final List<Integer> USUAL =
      List.of(0, 1, 100, 1_023, 8_192, 16_384, 16_385, 65_536, 65_537, 200_000);
  private static final List<Integer> LARGE = List.of(MEGABYTE, 3 * MEGABYTE + 1, 5 * MEGABYTE);

  private Freight() {}

  static List<Exchange> bodies(Cast cast) {
    Tenant tenant = cast.tenant(t -> t.easy() && !t.upstream().equals("flaky"));
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      visit.add(upload(cast, tenant, cast.one(USUAL)));
      visit.add(download(cast, tenant, cast.one(USUAL)));
    }
    return visit;
  }

  static List<Exchange> largeBodies(Cast cast) {
    Tenant tenant = cast.tenant(t -> t.easy() && !t.upstream().equals("flaky"));
    int size = cast.one(LARGE);
    return List.of(upload(cast, tenant, size), download(cast, tenant, size));
  }

  static List<Exchange> tooLarge(Cast cast) {
    RequestText request = cast.browser("POST", "/upload", cast.tenant(Tenant::easy).host());
    request.header("Content-Length", Integer.toString(17 * MEGABYTE));
    return List.of(request.header("Connection", "close").as(Kind.BODY));
  }

  private static Exchange upload(Cast cast, Tenant tenant, int size) {
    String method = cast.one(List.of("POST", "PUT", "PATCH"));
    RequestText request = cast.browser(method, "/upload?size=" + size, tenant.host());
    request.header("Content-Type", "application/octet-stream");
    byte[] body = cast.bytes(size);
    return (cast.below(2) == 0 ? request.sized(body) : request.chunked(body)).as(Kind.BODY);
  }

  private static Exchange download(Cast cast, Tenant tenant, int size) {
    String way = cast.one(List.of("bytes", "bytes-chunked"));
    String method = cast.below(5) == 0 ? "HEAD" : "GET";
    return cast.browser(method, "/" + way + "/" + size, tenant.host()).as(Kind.BODY);
  }

  static List<Exchange> originTrouble(Cast cast) {
    List<String> targets =
        List.of(
            "/status/500",
            "/status/503",
            "/status/502",
            "/status/404",
            "/status/403",
            "/status/201",
            "/empty",
            "/unchanged",
            "/slow/30",
            "/drop",
            "/cut/5000",
            "/until-close/3000");
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Tenant tenant =
          cast.tenant(t -> t.easy() && (cast.below(3) > 0 || t.upstream().equals("flaky")));
      String method = cast.one(List.of("GET", "GET", "HEAD", "POST"));
      RequestText request = cast.browser(method, cast.one(targets), tenant.host());
      if (method.equals("POST")) {
        request.sized(RequestText.octets("once=only"));
      }
      visit.add(request.as(Kind.ORIGIN_TROUBLE));
    }
    return visit;
  }

  static List<Exchange> endpoints(Cast cast) {
    Tenant tenant = cast.tenant(t -> !t.secret().isEmpty() && t.burst() > 100);
    Tenant any = cast.tenant(Tenant::easy);
    return List.of(
        cast.browser("/edge/health", any).as(Kind.ENDPOINT),
        cast.browser("/edge/whoami?who=me", any).as(Kind.ENDPOINT),
        cast.browser("/edge/redirects", cast.tenant(Tenant::hasRedirects)).as(Kind.ENDPOINT),
        cast.browser("/edge-pages/unavailable.html", any).as(Kind.ENDPOINT),
        token(cast, tenant, tenant.issueKey(), "user=anna&scopes=read%2Bwrite"),
        token(cast, tenant, tenant.issueKey(), "scopes=read"),
        token(cast, tenant, "wrong key", "user=anna"),
        cast.browser("/edge/token", tenant).as(Kind.ENDPOINT));
  }

  private static Exchange token(Cast cast, Tenant tenant, String key, String form) {
    return cast.browser("POST", "/edge/token", tenant.host())
        .header("X-Edge-Key", key)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .sized(RequestText.octets(form + "&expires=" + Tokens.FAR))
        .as(Kind.ENDPOINT);
  }
}
