package dev.banyan.modules.accesslog;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any input: the port leaves behind what Lua leaves behind. */
class AccessLogProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new AccessLog());

  @Property(tries = 500)
  void anyRequestsLineAndCounts(
      @ForAll("texts") String agent,
      @ForAll("texts") String user,
      @ForAll("texts") String blockedBy,
      @ForAll @IntRange(min = 100, max = 999) int status) {
    TWINS.alike(
        TwinCall.get("/" + user)
            .header("User-Agent", agent)
            .ctx("user", user)
            .ctx("blocked_by", "b" + blockedBy)
            .variable("body_bytes_sent", Integer.toString(status * 31))
            .status(status)
            .call(Phase.LOG, "edge.access_log", "line")
            .call(Phase.LOG, "edge.access_log", "log"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.chars()
        .range((char) 0, (char) 255)
        .list()
        .ofMaxSize(12)
        .map(list -> list.stream().map(String::valueOf).collect(Collectors.joining()));
  }
}
