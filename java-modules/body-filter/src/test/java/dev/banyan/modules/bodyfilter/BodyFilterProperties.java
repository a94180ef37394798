package dev.banyan.modules.bodyfilter;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any input: the port leaves behind what Lua leaves behind. */
class BodyFilterProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new BodyFilter());

  @Property(tries = 500)
  void anyTextCutAnywhere(@ForAll("texts") String text, @ForAll("texts") String more) {
    TWINS.alike(
        TwinCall.get("/")
            .status(200)
            .responseHeader("Content-Type", "text/html")
            .responseHeader("Content-Length", "7")
            .tenant(Map.of("features", Map.of("hide_emails", true)))
            .call(Phase.HEADER_FILTER, "edge.body_filter", "header_filter")
            .piece("edge.body_filter", text, false)
            .piece("edge.body_filter", more, false)
            .piece("edge.body_filter", text, true));
  }

  @Property(tries = 1000)
  void anyText(@ForAll("texts") String text) {
    TWINS.alike(TwinCall.get("/").call(Phase.CONTENT, "edge.body_filter", "obfuscate", text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "Bob", "@", "@", ".", ".", "-", "_", "%", "+", " ", "<", "com", "example", "9",
            "é", "\n")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }
}
