package dev.banyan.it.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scenes of people who mean well: pages, APIs, tokens, old links. */
final class Visitors {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/api/items",
          "/static/app.css",
          "/a%20b/%7Euser?q=caf%C3%A9",
          "/json/900",
          "/deep/er/and/deeper?x=1&y=2&x=3",
          "/bytes/2048",
          "/write/note",
          "/api/1/admin/users");
  private static final List<Integer> HTML_SIZES = List.of(0, 80, 700, 5_000, 33_000, 140_000);
  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "HEAD", "POST", "DELETE");

  private Visitors() {}

  static List<Exchange> anonymous(Cast cast) {
    Tenant tenant = cast.tenant(Tenant::easy);
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i <= cast.below(4); i++) {
      String method = cast.one(METHODS);
      RequestText request = cast.browser(method, cast.one(PAGES), tenant.host());
      if (method.equals("POST")) {
        request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .sized(RequestText.octets("name=Anna+Berg&city=K%C3%B6ln&n=" + cast.below(1000)));
      }
      visit.add(request.as(Kind.GOOD_USER));
    }
    return visit;
  }

  static List<Exchange> known(Cast cast) {
    Tenant tenant = cast.tenant(t -> !t.secret().isEmpty() && !t.suspended() && t.burst() > 100);
    String token = cast.token(tenant, cast.one(List.of("read", "read+write", "read+write+admin")));
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i <= cast.below(4); i++) {
      RequestText request = cast.browser(cast.one(PAGES), tenant);
      if (cast.below(4) == 0) {
        request.header("Cookie", "edge_token=" + token);
      } else {
        request.header("Authorization", cast.one(List.of("Bearer ", "bearer  ", "")) + token);
      }
      request.header("X-User", "root").header("X-Scopes", "everything");
      visit.add(request.as(Kind.GOOD_USER));
    }
    return visit;
  }

  static List<Exchange> html(Cast cast) {
    String feature = cast.below(4) == 0 ? "secure_cookies" : "hide_emails";
    Tenant tenant = cast.tenant(t -> t.easy() && t.features().contains(feature));
    List<Exchange> visit = new ArrayList<>();
    for (String way : List.of("html", "html-chunked", cast.one(List.of("until-close", "json")))) {
      String target = "/" + way + "/" + cast.one(HTML_SIZES);
      String method = cast.below(6) == 0 ? "HEAD" : "GET";
      visit.add(cast.browser(method, target, tenant.host()).as(Kind.HTML));
    }
    return visit;
  }

  static List<Exchange> redirects(Cast cast) {
    Tenant tenant = cast.tenant(t -> t.hasRedirects() && !t.suspended());
    List<String> old =
        List.of(
            "/old",
            "/old?a=1&b=2",
            "/blog/2011/post?p=1",
            "/blog/archive/2009",
            "/item-42.html",
            "/item-x.html",
            "/older",
            "/blog",
            "//double//slash///path?x=//y");
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      visit.add(cast.browser(cast.one(old), tenant).as(Kind.REDIRECT));
    }
    Tenant strict =
        cast.tenant(
            t -> t.features().contains(cast.one(List.of("force_https", "no_double_slash"))));
    visit.add(
        cast.browser(cast.one(old), strict)
            .header("X-Forwarded-Proto", cast.one(List.of("http", "https")))
            .as(Kind.REDIRECT));
    return visit;
  }

  static List<Exchange> transforms(Cast cast) {
    List<String> targets =
        List.of(
            "/v1/users/7?utm_source=mail&id=7",
            "/v2/x%20y",
            "/v1/",
            "/~anna/notes",
            "/~anna",
            "/assets/0a1b2c3d/site.js?gclid=1",
            "/assets/0a1b2c3/site.js",
            "/cookies",
            "/leaky",
            "/moved",
            "/p?utm_source=a&utm_medium=b",
            "/p?a=1&&b=2&fbclid=x&c",
            "/p?",
            "/p?=&a=%zz");
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Tenant tenant = cast.tenant(Tenant::easy);
      visit.add(
          cast.browser(cast.one(targets), tenant)
              .header("X-Edge-Tenant", "somebody-else")
              .header("X-Internal-Debug", "1")
              .as(Kind.TRANSFORM));
    }
    return visit;
  }

  static List<Exchange> hosts(Cast cast) {
    Tenant wide = cast.tenant(t -> t.hosts().size() > 1 && t.easy());
    Tenant suspended = cast.tenant(Tenant::suspended);
    String under = wide.hosts().get(1).replace("*", "shop-" + cast.below(9) + ".eu");
    String plain = wide.host();
    return List.of(
        cast.browser("GET", "/", under).as(Kind.TENANT),
        cast.browser("GET", "/p", plain.toUpperCase(Locale.ROOT)).as(Kind.TENANT),
        cast.browser("GET", "/p", plain + ":8080").as(Kind.TENANT),
        cast.browser("GET", "/p", plain + ".").as(Kind.TENANT),
        cast.browser(cast.one(List.of("GET", "HEAD")), "/", suspended.host()).as(Kind.TENANT),
        cast.browser("GET", "/", "nobody-" + cast.below(9) + ".example.org").as(Kind.TENANT),
        cast.browser("GET", "http://" + plain + "/abs?x=1", "other.example.org").as(Kind.TENANT));
  }
}
