package dev.banyan.modules.util;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any input: the port leaves behind what Lua leaves behind. */
class UtilProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Util());

  @Property(tries = 400)
  void anyText(@ForAll("texts") String text, @ForAll("texts") String other) {
    TwinCall call = TwinCall.get("/");
    for (String function : List.of("ipv4", "trim", "base64url", "unbase64url", "json_string")) {
      call.call(Phase.CONTENT, "edge.util", function, text);
    }
    for (String function : List.of("starts_with", "equal_constant_time")) {
      call.call(Phase.CONTENT, "edge.util", function, text, other);
    }
    TWINS.alike(call);
  }

  @Property(tries = 400)
  void anyRequest(
      @ForAll("texts") String id, @ForAll("texts") String forwarded, @ForAll("texts") String host) {
    TWINS.alike(
        TwinCall.get("/" + id)
            .header("X-Request-Id", id)
            .header("X-Forwarded-For", forwarded)
            .variable("host", host)
            .call(Phase.SET, "edge.util", "request_uid")
            .call(Phase.REWRITE, "edge.util", "client_ip")
            .call(Phase.REWRITE, "edge.util", "lower_host"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "B", "1.2.3.4", "255", ".", " ", "\t", ",", "YWI", "_", "-", "é", "\"", "abcdefgh")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
