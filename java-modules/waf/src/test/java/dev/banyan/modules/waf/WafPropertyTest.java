package dev.banyan.modules.waf;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class WafPropertyTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void anyRequestOfAnyTenant() {
    try (LuaTwins twins = LuaTwins.of(NOW, new Waf())) {
      Draw.cases(2_000, draw -> twins.alike(call(draw)));
    }
  }

  private static TwinCall call(Draw draw) {
    String path = encoded(Attacks.draw(draw)).replace("%2F", "/").replace("%3B", ";");
    String query = encoded(Attacks.draw(draw)) + "=" + encoded(Attacks.draw(draw));
    TwinCall call = TwinCall.get("/" + path + "?" + query);
    call.method(draw.one(List.of("GET", "POST", "PUT", "PATCH", "HEAD")));
    for (String name : draw.list(0, 3, List.of("User-Agent", "referer", "Cookie", "X-Other"))) {
      call.header(name, Attacks.draw(draw).replaceAll("[\\r\\n\\x00]", " ").strip());
    }
    if (draw.flag()) {
      call.body(Attacks.draw(draw).getBytes(StandardCharsets.ISO_8859_1));
    }
    String mode = draw.one(List.of("block", "monitor", "off"));
    return call.tenant(Map.of("waf", Map.of("mode", mode, "threshold", draw.number(1, 30))))
        .call(Phase.ACCESS, "edge.waf", "access");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.ISO_8859_1);
  }
}
