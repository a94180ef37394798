package dev.banyan.modules.tenant;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any input: the port leaves behind what Lua leaves behind. */
class TenantsProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Tenants());

  @Property(tries = 500)
  void anyHost(@ForAll("hosts") String host) {
    TWINS.alike(
        TwinCall.get("/").variable("host", host).call(Phase.REWRITE, "edge.tenant", "rewrite"));
  }

  @Provide
  Arbitrary<String> hosts() {
    return Arbitraries.of(
            "t001", "T007", ".", "example", ".com", ".net", "a.", "é", "t014.example.net")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }
}
