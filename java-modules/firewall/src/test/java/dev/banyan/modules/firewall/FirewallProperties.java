package dev.banyan.modules.firewall;

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
class FirewallProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Firewall());

  @Property(tries = 500)
  void anyAddressAndAnyLists(
      @ForAll("addresses") String address,
      @ForAll("lists") List<String> allow,
      @ForAll("lists") List<String> deny,
      @ForAll boolean closed) {
    Map<String, Object> conf =
        Map.of("allow", allow, "deny", deny, "default", closed ? "deny" : "allow");
    TWINS.alike(
        TwinCall.get("/")
            .header("X-Forwarded-For", address)
            .tenant(Map.of("firewall", conf))
            .call(Phase.ACCESS, "edge.firewall", "access"));
  }

  @Property(tries = 300)
  void anyCidr(@ForAll("cidrs") String cidr) {
    TWINS.alike(TwinCall.get("/").call(Phase.ACCESS, "edge.firewall", "parse_cidr", cidr));
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.of("10", "172", "198", "51", "100", "0", "1", "255", "256")
        .list()
        .ofMinSize(3)
        .ofMaxSize(4)
        .map(parts -> String.join(".", parts));
  }

  /** No two names of one range: which of them is told is left to the sort of Lua. */
  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.of(
            "10.0.0.0/8",
            "10.1.0.0/16",
            "172.0.0.0/6",
            "198.51.100.0/24",
            "1.1.1.1",
            "0.0.0.0/0",
            "10.0.0.1/40",
            "nonsense",
            "255.255.255.255")
        .list()
        .uniqueElements()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> cidrs() {
    return Arbitraries.strings().withChars("0123./9x").ofMaxLength(20);
  }
}
