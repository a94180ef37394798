package dev.banyan.modules.cachekey;

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
class CacheKeyProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new CacheKey());

  @Property(tries = 500)
  void anyRequest(
      @ForAll("queries") String query,
      @ForAll("words") String agent,
      @ForAll("words") String encoding,
      @ForAll boolean byDevice,
      @ForAll boolean byUser) {
    TWINS.alike(
        TwinCall.get("/x" + query)
            .header("User-Agent", agent)
            .header("Accept-Encoding", encoding)
            .ctx("user", agent)
            .tenant(
                Map.of(
                    "cache",
                    Map.of(
                        "by_device",
                        byDevice,
                        "by_user",
                        byUser,
                        "ignore_args",
                        List.of("a", "é"))))
            .call(Phase.ACCESS, "edge.cache_key", "access"));
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.strings().withChars("ab=&&%20+é?~A1").ofMaxLength(80).map(s -> "?" + s);
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of("gzip", "br", "Mobile", "iphonex", "android", ",", " ", "é", "x")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
