package dev.banyan.modules.tenant;

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

class TenantsGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    for (String host :
        List.of(
            "t001.example.com",
            "T002.Example.COM",
            "a.b.t007.example.net",
            "t007.example.net",
            "nobody",
            "")) {
      calls.put(
          "host " + host,
          TwinCall.get("/").variable("host", host).call(Phase.REWRITE, "edge.tenant", "rewrite"));
    }
    calls.put("count", TwinCall.get("/").call(Phase.CONTENT, "edge.tenant", "count"));
    calls.put(
        "current",
        TwinCall.get("/")
            .ctx("tenant", Map.of("id", "x"))
            .call(Phase.LOG, "edge.tenant", "current"));
    calls.put(
        "methods of what was found",
        TwinCall.get("/")
            .variable("host", "t003.example.com")
            .call(Phase.REWRITE, "edge.tenant", "rewrite")
            .code(
                Phase.ACCESS,
                "return ngx.ctx.tenant:has(\"force_https\"), ngx.ctx.tenant:label()"));
    calls.put(
        "suspended",
        TwinCall.get("/")
            .code(Phase.REWRITE, RELOAD)
            .variable("host", "gone.example.com")
            .call(Phase.REWRITE, "edge.tenant", "rewrite"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Tenants())) {
      Goldens.check(twins, Path.of("src/test/resources/tenant.golden"), calls);
    }
  }

  private static final String RELOAD =
      """
      local path = ngx.config.prefix() .. "data/changed.json"
      local file = assert(io.open(path, "w"))
      file:write([[{"tenants":[{"id":"g\u00e9","hosts":["gone.example.com"],"suspended":true}]}]])
      file:close()
      return require("edge.tenant").load(path)
      """;
}
