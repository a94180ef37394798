package dev.banyan.modules.routing;

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
class RoutingProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Routing());

  @Property(tries = 500)
  void anyClientOfAnyTenant(
      @ForAll("clients") String client,
      @ForAll("groups") String group,
      @ForAll("groups") String other,
      @ForAll boolean sticky) {
    TWINS.alike(
        TwinCall.get("/a/b")
            .header("X-Forwarded-For", client)
            .header("Cookie", "session=" + client)
            .tenant(
                Map.of(
                    "upstream", group,
                    "features", Map.of("sticky_session", sticky),
                    "routes",
                        List.of(
                            Map.of("prefix", "/b", "upstream", "flaky"),
                            Map.of("prefix", "/" + group.charAt(0), "upstream", other))))
            .call(Phase.ACCESS, "edge.routing", "access")
            .call(Phase.BALANCER, "edge.routing", "balance")
            .call(Phase.BALANCER, "edge.routing", "balance"));
  }

  @Provide
  Arbitrary<String> clients() {
    return Arbitraries.strings().withChars("0123456789.é").ofMinLength(1).ofMaxLength(15);
  }

  @Provide
  Arbitrary<String> groups() {
    return Arbitraries.of("default", "premium", "flaky", "absent");
  }
}
