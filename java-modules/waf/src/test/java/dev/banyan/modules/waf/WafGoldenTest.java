package dev.banyan.modules.waf;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WafGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();
    List<String> targets =
        List.of(
            "/shop?q=blue+shoes",
            "/search?q=1'+or+'1'='1",
            "/x?q=<script>alert(1)</script>&b=union+select",
            "/a?x=%60id%60&y=$(id)",
            "/..%2f..%2fetc/passwd?f=../../etc/passwd",
            "/.git/config",
            "/x?a=1&a=eval(2)&b");
    for (String mode : List.of("block", "monitor", "off")) {
      for (String target : targets) {
        calls.put(mode + " " + target, waf(TwinCall.get(target), mode));
      }
    }
    calls.put(
        "shellshock and a scanner",
        waf(
            TwinCall.get("/").header("User-Agent", "() { :;}; sqlmap").header("Referer", "a"),
            "block"));
    calls.put(
        "a cookie in two headers",
        waf(TwinCall.get("/").header("Cookie", "a=' or").header("Cookie", "1 = 1"), "block"));
    byte[] body = "x=<?php echo 1; cat /etc/passwd".getBytes(StandardCharsets.ISO_8859_1);
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      calls.put(method, waf(TwinCall.get("/").method(method).body(body), "block"));
    }
    calls.put("a large body", waf(TwinCall.get("/").method("POST").body(large(65_537)), "block"));
    calls.put(
        "the largest body", waf(TwinCall.get("/").method("POST").body(large(65_536)), "block"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Waf())) {
      Goldens.check(twins, Path.of("src/test/resources/waf.golden"), calls);
    }
  }

  private static byte[] large(int length) {
    return ("'" + " ".repeat(length - 6) + "or 1 ").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static TwinCall waf(TwinCall call, String mode) {
    return call.tenant(Map.of("waf", Map.of("mode", mode, "threshold", 10)))
        .call(Phase.ACCESS, "edge.waf", "access");
  }
}
