package dev.banyan.testkit;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.ThreadLoop;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.lib.StandardLibraries;
import dev.banyan.lua.ngx.ChunkCache;
import dev.banyan.lua.ngx.LuaSource;
import dev.banyan.lua.ngx.NgxLibraries;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.ProcessEnvironment;
import dev.banyan.lua.ngx.re.ReSettings;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import dev.banyan.lua.replay.MemoryRequest;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.SeamInstaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Owned by the test's thread: one worker with the legacy loaded, with or without ports. */
final class TwinSide implements AutoCloseable {
  private static final String CODE = "twin_code";
  private static final LuaSource CALL =
      inline("call", "return assert(loadstring(ngx.var.twin_code, '=twin'))()");
  private static final LuaSource LOAD =
      inline(
          "load",
          """
          local tenant = require "edge.tenant"
          assert(tenant.load(ngx.config.prefix() .. "data/tenants.json"))
          ngx.ctx.tenant = assert(tenant.lookup("edge.example.com"))
          """);
  private static final LuaSource START = inline("start", "require('edge.init').master()");
  private static final LuaSource DUMP = inline("dump", resource("dump.lua"));

  private final ThreadLoop loop = new ThreadLoop("twin");
  private final Path prefix;
  private final TwinWorker worker;
  private final @Nullable HostSeam seam;
  private final SharedDicts dicts;
  private final NgxMachine machine;

  TwinSide(Path legacy, Path prefix, Clock clock, SharedDicts dicts, @Nullable HostSeam seam) {
    this.prefix = prefix;
    this.seam = seam;
    this.dicts = dicts;
    worker = new TwinWorker(loop, prefix);
    NgxLibraries.Settings settings =
        new NgxLibraries.Settings(
            ReSettings.DEFAULT,
            dicts,
            clock,
            ZoneOffset.UTC,
            new Random(1),
            new ProcessEnvironment(Map.of(), Set.of(), name -> null),
            worker::log);
    LuaVmOptions standard = StandardLibraries.options();
    LuaVmOptions pathed =
        standard.withPaths(legacy.resolve("lua/?.lua").toString(), standard.packageCpath());
    LuaVmOptions options = seam == null ? pathed : pathed.withSeam(new SeamInstaller(seam));
    machine = onLoop(() -> NgxMachine.create(options, settings, new ChunkCache(), worker));
    expectDone(onLoop(() -> machine.init(START)));
  }

  /** Plays the call; everything that it left behind, as text. */
  String play(TwinCall call) {
    MemoryRequest request = request(call);
    prepare(call, request);
    StringBuilder out = new StringBuilder();
    for (TwinCall.Step step : call.steps) {
      if (step.chunk() != null) {
        request.filterChunk(step.chunk());
        request.filterEof(step.last());
      }
      Outcome outcome = eval(request, step.phase(), step.code());
      out.append("outcome ").append(text(outcome, request));
      if (step.chunk() != null) {
        out.append(' ').append(new String(request.filterChunk(), StandardCharsets.ISO_8859_1));
      }
      out.append('\n');
    }
    out.append(everything(request)).append('\n').append(dump(request)).append(stored());
    return out.toString().stripTrailing();
  }

  private MemoryRequest request(TwinCall call) {
    int mark = call.target.indexOf('?');
    Map<String, String> variables = new TreeMap<>(call.variables);
    variables.put(CODE, "");
    RecordedState before =
        new RecordedState(
            call.method,
            call.target,
            mark < 0 ? call.target : call.target.substring(0, mark),
            mark < 0 ? "" : call.target.substring(mark + 1),
            fields(call.requestHeaders),
            variables,
            Map.of(),
            call.status,
            fields(call.responseHeaders),
            null,
            null,
            false,
            null,
            0);
    Object plan = seam == null ? null : seam.pin(0);
    return new MemoryRequest(before, Phase.REWRITE, call.body, 0, worker, plan);
  }

  private static List<RecordedState.Field> fields(Headers headers) {
    List<RecordedState.Field> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(new RecordedState.Field(name, value)));
    return fields;
  }

  /** Everything that may differ between two sides, in lines. */
  private static String everything(MemoryRequest request) {
    StringBuilder out = new StringBuilder("request ").append(request.method()).append(' ');
    out.append(request.uri()).append(" ? ").append(request.args());
    request.requestHeaders().forEach((n, v) -> out.append("\nrequest header " + n + ": " + v));
    request
        .variables()
        .forEach((n, v) -> out.append(n.equals(CODE) ? "" : "\nvar " + n + ": " + v));
    out.append("\nstatus ").append(request.status());
    request.responseHeaders().forEach((n, v) -> out.append("\nresponse header " + n + ": " + v));
    out.append(request.chosen().isEmpty() ? "" : "\nbalancer" + request.chosen());
    return out.append("\nbody ").append(request.printed()).toString();
  }

  /** After an answer was sent, {@code ngx.exit} only ends the run, whatever its status. */
  private static String text(Outcome outcome, MemoryRequest request) {
    return switch (outcome) {
      case Outcome.Done _ -> "Done";
      case Outcome.Exit exit -> request.headersSent() ? "Exit after an answer" : exit.toString();
      default -> outcome.toString();
    };
  }

  private void prepare(TwinCall call, MemoryRequest request) {
    if (call.tenant != null) {
      try {
        Files.createDirectories(prefix.resolve("data"));
        Files.writeString(
            prefix.resolve("data/tenants.json"),
            Literals.json(Map.of("tenants", List.of(call.tenant))),
            StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      expectDone(run(request, Phase.REWRITE, LOAD));
    }
    call.ctx.forEach((key, value) -> {
      String code = "ngx.ctx[" + Literals.lua(key) + "] = " + Literals.lua(value);
      expectDone(run(request, Phase.REWRITE, CALL, code));
    });
  }

  private static void expectDone(Outcome outcome) {
    if (!(outcome instanceof Outcome.Done)) {
      throw new AssertionError("the request could not be prepared: " + outcome);
    }
  }

  /** Runs code whose results are kept in {@code ngx.ctx} for the dump. */
  private Outcome eval(MemoryRequest request, Phase phase, String code) {
    String kept =
        "local function keep(...) ngx.ctx.results = select('#', ...) > 0 and {n = select('#', ...),"
            + " ...} or nil end\nkeep((function() "
            + code
            + " end)())";
    return run(request, phase, CALL, kept);
  }

  private String dump(MemoryRequest request) {
    Outcome outcome = run(request, Phase.SET, DUMP);
    return outcome instanceof Outcome.Done(var values) ? values.getFirst() + "\n" : outcome + "\n";
  }

  private String stored() {
    StringBuilder out = new StringBuilder();
    for (SharedDict dict : dicts.all()) {
      for (String key : dict.keys(0).stream().sorted().toList()) {
        SharedDict.Found found = dict.get(key);
        out.append("dict ").append(dict.name()).append(' ').append(key).append(": ");
        out.append(found == null ? "" : found.value()).append(' ');
        out.append(dict.timeToLive(key)).append('\n');
      }
    }
    return out.toString();
  }

  private Outcome run(MemoryRequest request, Phase phase, LuaSource source) {
    return run(request, phase, source, "");
  }

  private Outcome run(MemoryRequest request, Phase phase, LuaSource source, String code) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Fiber.submit(
        loop,
        "twin",
        () -> {
          try {
            request.enter(phase);
            request.setVariable(CODE, code);
            outcome.complete(machine.run(source, phase, request));
          } catch (Throwable t) {
            outcome.completeExceptionally(t);
            throw t;
          }
        });
    return outcome.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private <T> T onLoop(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static LuaSource inline(String name, String code) {
    return new LuaSource.Inline("=" + name, code);
  }

  private static String resource(String name) {
    try (InputStream in = TwinSide.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
