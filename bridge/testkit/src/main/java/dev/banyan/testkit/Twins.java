package dev.banyan.testkit;

import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.gateway.seam.PortReplay.Difference;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.host.BoundPort;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.ReplayRun.Result;
import dev.banyan.vectors.ResultText;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.VectorJson;
import dev.banyan.vectors.shrink.Input;
import dev.banyan.vectors.shrink.Shrinker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Owned by the test's thread: a Lua module and its port in one JVM, and inputs made of recorded
 * ones. Lua's answer is the right one; where Lua raises an error the port may fail, because Lua
 * answers then.
 */
public final class Twins {
  /** How often a failing input is given to both sides at most, to find a smaller one. */
  private static final int MOST_TRIES = 600;

  private static final Path FOUND = Path.of("target/twins");

  private final LuaHome home;
  private final PortReplay port;
  private final String module;
  private final List<Vector> vectors;
  private final int cases;
  private final long seed;

  Twins(LuaHome home, BoundPort port, List<Vector> vectors, int cases, long seed) {
    this.home = home;
    this.port = new PortReplay(port);
    this.module = port.module();
    this.vectors = vectors.stream().filter(vector -> this.port.takes(vector.call())).toList();
    this.cases = cases;
    this.seed = seed;
  }

  /**
   * Compares all cases.
   *
   * @throws AssertionError for the first that differs, with the smallest input found that does, its
   *     seed, and the file it was written to
   */
  public void check() {
    List<RecordedCall> calls = vectors.stream().map(Vector::call).toList();
    Long only = Long.getLong("twin.seed");
    long first = only == null ? seed : only;
    Inputs inputs = new Inputs(calls);
    int ran = 0;
    try (LuaReplay lua = LuaReplay.open(home, module, calls, 1)) {
      for (long at = first; at < first + (only == null ? cases : 1); at++) {
        Random random = new Random(at);
        int index = random.nextInt(calls.size());
        Input input = inputs.changed(calls.get(index), random);
        Result result = result(lua, input);
        if (result != null) {
          ran++;
        }
        if (result != null && isWrong(result)) {
          List<String> kind = kind(result);
          Input smallest =
              new Shrinker(
                      one -> {
                        Result again = result(lua, one);
                        return again != null && isWrong(again) && kind(again).equals(kind);
                      },
                      MOST_TRIES)
                  .smallest(input);
          throw new AssertionError(text(lua, smallest, vectors.get(index).name(), at));
        }
      }
    }
    if (ran == 0) {
      throw new AssertionError(
          module + ": Lua could run none of the " + cases + " inputs: see banyan replay --both");
    }
  }

  /** What the port made of what Lua did; null when Lua could not run it or it is no vector. */
  private @Nullable Result result(LuaReplay lua, Input input) {
    RecordedCall call = input.call();
    if (call == null || !(lua.replay(call) instanceof Replayed.Ran(RecordedCall now))) {
      return null;
    }
    return now.changed().isEmpty() && now.opaque().isEmpty()
        ? new Result(new Vector("generated", now), port.replay(now))
        : null;
  }

  /** A port that leaves a call to Lua, or fails where Lua fails, answers as Lua. */
  private static boolean isWrong(Result result) {
    return switch (result.outcome()) {
      case Outcome.Differs _ -> true;
      case Outcome.Broke _ -> result.vector().call().error() == null;
      case Outcome.Alike _, Outcome.Declined _, Outcome.Unported _ -> false;
    };
  }

  /** What is wrong, so that a smaller input isn't wrong in another way. */
  private static List<String> kind(Result result) {
    return switch (result.outcome()) {
      case Outcome.Differs(List<Difference> differences, var _) ->
          differences.stream().map(Difference::place).toList();
      case Outcome.Broke broke -> List.of(broke.reason());
      case Outcome.Alike _, Outcome.Declined _, Outcome.Unported _ -> List.of();
    };
  }

  private String text(LuaReplay lua, Input smallest, String vector, long at) {
    Result result = result(lua, smallest);
    if (result == null) {
      throw new IllegalStateException("Lua answered the same input once only");
    }
    StringBuilder text = new StringBuilder(module + ": Lua and Java differ\n");
    text.append(ResultText.of(result)).append('\n');
    text.append("the input is vector ").append(vector).append(" with\n");
    smallest.differences().forEach(line -> text.append("  ").append(line).append('\n'));
    Path file = FOUND.resolve(module + "-" + at + ".json");
    try {
      Files.createDirectories(FOUND);
      Files.writeString(
          file,
          new JsonMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(VectorJson.write(result.vector().call())),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append("play it alone with -Dtwin.seed=")
        .append(at)
        .append("; keep it as a vector: ")
        .append(file)
        .toString();
  }
}
