package dev.banyan.it.traffic;

import java.util.ArrayList;
import java.util.List;

/** Scenes of callers whom the edge should stop, and of those whom it must not mistake for them. */
final class Strangers {
  private Strangers() {}

  /** Every rule once hit and once nearly hit, at tenants that act by {@code wafMode}. */
  static List<Session> attacks(Cast cast, String wafMode) {
    List<Session> sessions = new ArrayList<>();
    for (WafSample sample : WafSample.all()) {
      Tenant tenant =
          cast.tenant(t -> t.easy() && t.wafMode().equals(wafMode) && t.threshold() <= 5);
      sessions.add(
          new Session(
              List.of(
                  sample.request(sample.hit(), tenant.host(), cast.client()).as(Kind.ATTACK),
                  sample.request(sample.miss(), tenant.host(), cast.client()).as(Kind.NEAR_MISS))));
    }
    return sessions;
  }

  static List<Exchange> doubleAttack(Cast cast) {
    Tenant tenant = cast.tenant(Tenant::easy);
    List<WafSample> args = WafSample.all().stream().filter(s -> s.target().equals("args")).toList();
    String query = cast.one(args).hit() + "&" + cast.one(args).hit();
    return List.of(cast.browser("/search?" + query, tenant).as(Kind.ATTACK));
  }

  static List<Exchange> badTokens(Cast cast) {
    Tenant tenant = cast.tenant(t -> t.authMode().equals("required") && t.burst() > 100);
    String good = cast.token(tenant, "read");
    String forged = good.substring(0, good.length() - 1) + (good.endsWith("0") ? "1" : "0");
    List<String> tokens =
        List.of(
            "Bearer " + forged,
            "Bearer " + Tokens.sign("anna", 1_300_000_000L, "read", tenant.secret()),
            "Bearer " + Tokens.sign("anna", Tokens.FAR, "read", "somebody else's secret"),
            "Bearer " + good.replaceFirst("v1\\.[^.]*", "v1.a"),
            "Basic YW5uYTpzZWNyZXQ=",
            "Bearer",
            "Bearer " + good + " x");
    List<Exchange> visit = new ArrayList<>();
    visit.add(cast.browser("/api/items", tenant).as(Kind.BAD_TOKEN));
    for (int i = 0; i < 3; i++) {
      RequestText request = cast.browser(cast.one(List.of("/api/items", "/")), tenant);
      visit.add(request.header("Authorization", cast.one(tokens)).as(Kind.BAD_TOKEN));
    }
    RequestText narrow = cast.browser("/write/note?x=1", tenant);
    visit.add(narrow.header("Authorization", "Bearer " + good).as(Kind.BAD_TOKEN));
    return visit;
  }

  static List<Exchange> bots(Cast cast) {
    List<String> agents =
        List.of(
            "sqlmap/1.7",
            "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
            "curl/8.5.0",
            "",
            "Mozilla/5.0 (compatible; Googlebot/2.1)",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "UptimeRobot/2.0",
            "SemrushBot",
            "Java/17",
            "something new");
    List<String> addresses = List.of("66.249.66.1", "40.77.167.5", "100.64.7.7");
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Tenant tenant = cast.tenant(t -> t.easy() && (cast.below(2) == 0 || t.hasBotPolicy()));
      RequestText request = new RequestText("GET", "/robots/" + i, tenant.host());
      String agent = cast.one(agents);
      if (!agent.isEmpty()) {
        request.header("User-Agent", agent);
      }
      visit.add(request.header("X-Forwarded-For", cast.one(addresses)).as(Kind.BOT));
    }
    return visit;
  }

  static List<Exchange> addresses(Cast cast) {
    Tenant tenant = cast.tenant(t -> t.hasFirewall() && t.easy());
    List<String> addresses =
        List.of(
            "198.51.100.7",
            "198.51.101.7",
            "203.0.113.64",
            "203.0.113.63",
            "192.0.2.13",
            "192.0.2.14",
            "240.1.2.3",
            "10.66.1.1",
            "10.67.1.1",
            "192.168.9.9",
            "2001:db8::1",
            "999.1.1.1",
            "172.16." + tenant.id().substring(1).replaceFirst("^0+", "") + ".9",
            "unknown, 10.1.2.3 ");
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      visit.add(
          new RequestText(i == 3 ? "HEAD" : "GET", "/from?i=" + i, tenant.host())
              .header("User-Agent", Cast.FIREFOX)
              .header("X-Forwarded-For", cast.one(addresses))
              .as(Kind.FIREWALL));
    }
    return visit;
  }

  static List<Exchange> overLimit(Cast cast) {
    Tenant tenant = cast.tenant(t -> t.burst() < 100 && !t.suspended());
    String client = cast.client();
    List<Exchange> visit = new ArrayList<>();
    for (int i = 0; i < tenant.burst() + 4; i++) {
      visit.add(
          new RequestText("GET", "/often?i=" + i, tenant.host())
              .header("User-Agent", Cast.FIREFOX)
              .header("X-Forwarded-For", client)
              .as(Kind.OVER_LIMIT));
    }
    return visit;
  }
}
