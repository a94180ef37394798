package dev.banyan.it.traffic;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Confined to one thread: the callers of a plan, drawn from one seeded source. */
final class Cast {
  static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
  private static final List<String> AGENTS =
      List.of(
          FIREFOX,
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Mobile Safari/604.1",
          "Opera/9.80 (J2ME/MIDP) Presto/2.5");
  private static final List<String> ENCODINGS =
      List.of("gzip, deflate, br", "gzip", "identity", "");
  private static final List<String> USERS =
      List.of("anna", "bob@example.org", "Zo\u00eb", "u-1234567890", "a b/c?d");

  private final Tenants tenants;
  private final Random random;

  Cast(Tenants tenants, long seed) {
    this.tenants = tenants;
    this.random = new Random(seed);
  }

  Tenant tenant(Predicate<Tenant> sort) {
    return tenants.any(random, sort);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** An address of the network that no list mentions. */
  String client() {
    return "100.64." + below(200) + "." + (1 + below(250));
  }

  String token(Tenant tenant, String scopes) {
    return Tokens.sign(one(USERS), Tokens.FAR, scopes, tenant.secret());
  }

  /** A browser's request, with the fields that browsers send. */
  RequestText browser(String method, String target, String host) {
    RequestText request =
        new RequestText(method, target, host)
            .header("User-Agent", one(AGENTS))
            .header("Accept", "text/html,application/json;q=0.9,*/*;q=0.8")
            .header("X-Forwarded-For", client());
    String encoding = one(ENCODINGS);
    if (!encoding.isEmpty()) {
      request.header("Accept-Encoding", encoding);
    }
    if (below(3) == 0) {
      request.header("Cookie", "session=s" + below(40) + "; theme=dark");
    }
    if (below(5) == 0) {
      request.header("X-Request-Id", "req-" + (10_000_000 + below(1_000_000)));
    }
    return request;
  }

  RequestText browser(String target, Tenant tenant) {
    return browser("GET", target, tenant.host());
  }
}
