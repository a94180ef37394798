package dev.banyan.testkit;

import dev.banyan.api.FailMode;
import dev.banyan.api.Port;
import dev.banyan.api.Way;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * Owned by the test's thread: the legacy twice in one JVM, once as it is and once with ports in
 * place of some modules. The same call is played to both, and everything that it left behind is
 * compared: outcome, results, headers in their order, variables, {@code ngx.ctx}, dicts, body.
 */
public final class LuaTwins implements AutoCloseable {
  private static final long DICT_BYTES = 1 << 20;

  /** A slow machine fails no test: deadlines are the host's own tests' matter. */
  private static final CallRules PATIENT =
      new CallRules(FailMode.LUA, Duration.ofSeconds(20), 1, Breaker.Rules.DEFAULT);

  private final Fallbacks fallbacks = new Fallbacks();
  private final TwinSide lua;
  private final TwinSide java;

  private LuaTwins(Path legacy, Path prefix, Instant now, List<Port> ports) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    ModulePolicy policy = () -> (module, call) -> Way.JAVA;
    CallGuards guards = new CallGuards(_ -> PATIENT, System::nanoTime, (_, _, _, _) -> {});
    HostSeam seam =
        new HostSeam(new InstalledPorts(ModuleHost.of(ports)), policy, guards, fallbacks);
    lua = new TwinSide(legacy, prefix, clock, dicts(now), null);
    java = new TwinSide(legacy, prefix, clock, dicts(now), seam);
    fallbacks.check();
  }

  /** The legacy of this checkout, at {@code now}. */
  public static LuaTwins of(Instant now, Port... ports) {
    try {
      Path prefix = Files.createTempDirectory("twins");
      for (String file : List.of("data/deny.txt", "data/tenants.json", "local/origins.json")) {
        Files.createDirectories(prefix.resolve(file).getParent());
        Files.copy(legacy().resolve(file), prefix.resolve(file));
      }
      Files.createDirectories(prefix.resolve("logs"));
      return new LuaTwins(legacy(), prefix, now, List.of(ports));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path legacy() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, p -> p != null, Path::getParent)
        .map(p -> p.resolve("legacy-lua"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no legacy-lua above " + here));
  }

  private static SharedDicts dicts(Instant now) {
    return new SharedDicts(
        Stream.of("rate_limit", "bans", "counters")
            .map(name -> new SharedDict(name, DICT_BYTES, now::toEpochMilli))
            .toList());
  }

  /** What Lua makes of the call. */
  public String lua(TwinCall call) {
    return lua.play(call);
  }

  /**
   * What the ports make of the call.
   *
   * @throws AssertionError when a port left the call to Lua
   */
  public String java(TwinCall call) {
    fallbacks.clear();
    String seen = java.play(call);
    fallbacks.check();
    return seen;
  }

  /**
   * Plays the call to both sides; answers what both made of it.
   *
   * @throws AssertionError when they differ or a port left the call to Lua
   */
  public String alike(TwinCall call) {
    String expected = lua(call);
    String actual = java(call);
    if (!expected.equals(actual)) {
      throw new AssertionError("Lua:\n" + expected + "\n\nJava:\n" + actual);
    }
    return expected;
  }

  @Override
  public void close() {
    lua.close();
    java.close();
  }
}
