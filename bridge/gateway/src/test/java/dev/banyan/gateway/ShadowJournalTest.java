package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Randomness;
import dev.banyan.api.Shared;
import dev.banyan.api.Writes;
import dev.banyan.gateway.seam.ShadowSample;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadowed port sees the control's world, and what it writes stays with it. */
final class ShadowJournalTest {
  private static final String MODULE =
      """
      local m = {}
      function m.access()
        local d = ngx.shared.d
        local n = d:incr('n', 1, 0)
        d:set('last', 'x', 60)
        ngx.ctx.seen = n .. ' ' .. tostring(d:get('gone')) .. ' ' .. math.random()
          .. ' ' .. ngx.now() * 1000
      end
      return m
      """;
  private static final String SERVER =
      """
      location / {
        access_by_lua_block { require('m').access() }
        content_by_lua_block {
          ngx.print(ngx.shared.d:get('n'), ' ', ngx.shared.d:get('last'), ' ',
            tostring(ngx.shared.d:get('other'))) } }
      """;

  @TempDir Path prefix;

  /** Does what a test says beside what the control does. */
  @FunctionalInterface
  interface Doing {
    void run(Dict dict);
  }

  /** Does as the control, and more or less as the test wants. */
  @LuaModule("m")
  @Writes(ctx = "seen")
  record Shadowed(Doing first, double by, @Nullable String last) implements Port {
    @Handler("access")
    Decision access(@Shared("d") Dict dict, Randomness chance, Clock clock) {
      first.run(dict);
      double n = dict.incr("n", by, 0).value();
      if (last != null) {
        dict.set("last", last, 60);
      }
      double drawn = chance.next();
      String text =
          (long) n
              + " "
              + (dict.get("gone") == null ? "nil" : "?")
              + " "
              + String.format(java.util.Locale.ROOT, "%.14g", drawn).replaceAll("0+$", "")
              + " "
              + clock.millis();
      return Decision.next().setCtx("seen", text);
    }
  }

  private ShadowSample.Candidate candidate(Port port) throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, port, MODULE, "lua_shared_dict d 1m;", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("1 x nil");
      ShadowSample sample = seamed.samples(1).getFirst();
      ShadowSample.Candidate ran = sample.candidate().get();
      assertThat(seamed.get("/")).as("the real dict saw the control alone").isEqualTo("2 x nil");
      assertThat(ran.observed()).isNotNull();
      if (verdict(ran) == null) {
        assertThat(ran.observed()).isEqualTo(sample.control());
      }
      return ran;
    }
  }

  private static @Nullable Object verdict(ShadowSample.Candidate candidate) {
    var observed = candidate.observed();
    return observed == null ? "none" : observed.state().get("world");
  }

  @Test
  void theSameQuestionsGetTheControlsAnswers() throws InterruptedException {
    assertThat(verdict(candidate(new Shadowed(_ -> {}, 1, "x")))).isNull();
  }

  @Test
  void readingMoreIsAVerdict() throws InterruptedException {
    assertThat(verdict(candidate(new Shadowed(d -> d.get("other"), 1, "x"))))
        .isEqualTo("asked for get of other in dict d, the control did not");
  }

  @Test
  void writingMoreIsAVerdictAndNotAWrite() throws InterruptedException {
    assertThat(verdict(candidate(new Shadowed(d -> d.set("other", "y", 0), 1, "x"))))
        .isEqualTo("asked for set of other in dict d, the control did not");
  }

  @Test
  void writingLessIsAVerdict() throws InterruptedException {
    assertThat(verdict(candidate(new Shadowed(_ -> {}, 1, null))))
        .isEqualTo("did not do what the control did: set of last in dict d");
  }

  @Test
  void writingSomethingElseIsAVerdict() throws InterruptedException {
    assertThat(verdict(candidate(new Shadowed(_ -> {}, 1, "z"))))
        .isEqualTo("set of last in dict d with another value than the control's");
    assertThat(verdict(candidate(new Shadowed(_ -> {}, 2, "x"))))
        .isEqualTo("incr of n in dict d with another value than the control's");
  }

  /** Reads less. */
  @LuaModule("m")
  @Writes(ctx = "seen")
  static final class Careless implements Port {
    @Handler("access")
    Decision access(@Shared("d") Dict dict) {
      dict.incr("n", 1, 0);
      dict.set("last", "x", 60);
      return Decision.next().setCtx("seen", "constant");
    }
  }

  @Test
  void readingLessIsNoVerdictOfItsOwn() throws InterruptedException {
    try (Seamed seamed =
        Seamed.shadow(prefix, new Careless(), MODULE, "lua_shared_dict d 1m;", SERVER)) {
      seamed.get("/");
      var observed =
          Objects.requireNonNull(seamed.samples(1).getFirst().candidate().get().observed());
      assertThat(observed.state())
          .containsOnlyKeys("ctx seen")
          .containsEntry("ctx seen", "constant");
    }
  }
}
