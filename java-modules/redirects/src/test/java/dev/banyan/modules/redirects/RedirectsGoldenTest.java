package dev.banyan.modules.redirects;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedirectsGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  private static final Map<String, Object> TENANT =
      Map.of(
          "features",
          Map.of("force_https", true, "no_double_slash", true),
          "redirects",
          List.of(
              Map.of("kind", "exact", "from", "/old", "to", "/new", "status", 301),
              Map.of(
                  "kind", "prefix", "from", "/blog/", "to", "https://b.example/?p=", "status", 302),
              Map.of("kind", "prefix", "from", "/blog/archive/", "to", "/archive/", "status", 308),
              Map.of(
                  "kind",
                  "regex",
                  "from",
                  "^/item-(\\d+)\\.html$",
                  "to",
                  "/items/$1",
                  "status",
                  301)));

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    List<String> targets =
        List.of("/old", "/old?a=1", "/blog/x?y", "/blog/archive/z", "/item-42.html", "/a//b", "/");
    for (String target : targets) {
      calls.put(target, rewrite(target));
      calls.put(target + " over http", rewrite(target).header("X-Forwarded-Proto", "http"));
    }
    calls.put(
        "explain",
        TwinCall.get("/")
            .tenant(TENANT)
            .code(Phase.CONTENT, "return require('edge.redirects').explain(ngx.ctx.tenant)"));
    calls.put(
        "find",
        TwinCall.get("/")
            .tenant(TENANT)
            .code(Phase.CONTENT, "return require('edge.redirects').find(ngx.ctx.tenant, '/old')"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Redirects())) {
      Goldens.check(twins, Path.of("src/test/resources/redirects.golden"), calls);
    }
  }

  private static TwinCall rewrite(String target) {
    return TwinCall.get(target).tenant(TENANT).call(Phase.REWRITE, "edge.redirects", "rewrite");
  }
}
