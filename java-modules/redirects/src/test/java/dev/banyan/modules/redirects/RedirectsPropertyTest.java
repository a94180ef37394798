package dev.banyan.modules.redirects;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class RedirectsPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Redirects());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyPathOfAnyTenant() {
    Draw.cases(
        500,
        draw -> {
          Map<String, Object> features =
              Map.of("force_https", draw.flag(), "no_double_slash", draw.flag());
          TWINS.alike(
              TwinCall.get(
                      "/"
                          + draw.words(
                              0, 7, "/", "a", "b", "/b/", "//", "?", "&x=1", "-7", ".html", "é"))
                  .header("X-Forwarded-Proto", draw.one(List.of("http", "https", "")))
                  .tenant(Map.of("redirects", rules(draw), "features", features))
                  .call(Phase.REWRITE, "edge.redirects", "rewrite"));
        });
  }

  @Test
  void anyTenantExplains() {
    Draw.cases(
        200,
        draw ->
            TWINS.alike(
                TwinCall.get("/")
                    .tenant(Map.of("redirects", rules(draw)))
                    .code(
                        Phase.CONTENT,
                        "return require('edge.redirects').explain(ngx.ctx.tenant)")));
  }

  /** No two rules of one path: which of them counts is left to Lua's sort. */
  private static List<Map<String, Object>> rules(Draw draw) {
    return draw
        .distinct(
            5,
            List.of(
                "/", "/a", "/a/", "/a/b/", "/b", "^/a(.*)$", "^/(\\w+)-(\\d+)", "b|a", "[ab]{2,}"))
        .stream()
        .map(from ->
            Map.<String, Object>of(
                "kind",
                draw.one(List.of("exact", "prefix", "regex")),
                "from",
                from,
                "to",
                draw.one(List.of("/to/", "/x?y=1", "https://o.example/", "/$1", "/${0}/$$")),
                "status",
                draw.one(List.of(301, 302, 303, 307, 308, 200))))
        .toList();
  }
}
