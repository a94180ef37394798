package dev.banyan.modules.redirects;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any input: the port leaves behind what Lua leaves behind. */
class RedirectsProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Redirects());

  @Property(tries = 500)
  void anyPathOfAnyTenant(
      @ForAll("paths") String path,
      @ForAll("rules") List<Map<String, Object>> rules,
      @ForAll boolean https,
      @ForAll boolean slashes,
      @ForAll("protos") String proto) {
    TWINS.alike(
        TwinCall.get(path)
            .header("X-Forwarded-Proto", proto)
            .tenant(
                Map.of(
                    "redirects",
                    rules,
                    "features",
                    Map.of("force_https", https, "no_double_slash", slashes)))
            .call(Phase.REWRITE, "edge.redirects", "rewrite"));
  }

  @Property(tries = 200)
  void anyTenantExplains(@ForAll("rules") List<Map<String, Object>> rules) {
    TWINS.alike(
        TwinCall.get("/")
            .tenant(Map.of("redirects", rules))
            .code(Phase.CONTENT, "return require('edge.redirects').explain(ngx.ctx.tenant)"));
  }

  @Provide
  Arbitrary<String> protos() {
    return Arbitraries.of("http", "https", "");
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("/", "a", "b", "/b/", "//", "?", "&x=1", "-7", ".html", "é")
        .list()
        .ofMaxSize(7)
        .map(parts -> "/" + String.join("", parts));
  }

  /** No two rules of one path: which of them counts is left to Lua's sort. */
  @Provide
  Arbitrary<List<Map<String, Object>>> rules() {
    Arbitrary<String> from =
        Arbitraries.of(
            "/", "/a", "/a/", "/a/b/", "/b", "^/a(.*)$", "^/(\\w+)-(\\d+)", "b|a", "[ab]{2,}");
    Arbitrary<String> to =
        Arbitraries.of("/to/", "/x?y=1", "https://o.example/", "/$1", "/${0}/$$");
    Arbitrary<Integer> status = Arbitraries.of(301, 302, 303, 307, 308, 200);
    Arbitrary<String> kind = Arbitraries.of("exact", "prefix", "regex");
    return net.jqwik.api.Combinators.combine(kind, from, to, status)
        .as((k, f, t, s) -> Map.<String, Object>of("kind", k, "from", f, "to", t, "status", s))
        .list()
        .uniqueElements(rule -> rule.get("from"))
        .ofMaxSize(5);
  }
}
