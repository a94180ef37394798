package dev.banyan.lua.replay;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import dev.banyan.lua.Coverage;
import dev.banyan.lua.ngx.ChunkCache;
import dev.banyan.lua.ngx.LuaSource;
import dev.banyan.lua.ngx.NgxLibraries;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.replay.LuaReplay.Watching;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CannotRecord;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.ReplayedModule;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe: one machine with its world, on its own thread; calls come one after another. */
final class Lane implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;
  private static final int MAX_BODY = 1 << 20;
  private static final RecordedState NOTHING =
      new RecordedState(
          "GET", "/", "/", "", List.of(), Map.of(), Map.of(), 0, List.of(), null, null, false, null,
          0);

  private final TimelessLoop loop = new TimelessLoop("replay");
  private final ReplaySockets sockets = new ReplaySockets();
  private final ReplayChance chance = new ReplayChance();
  private final ReplayTime time;
  private final ReplayDicts dicts;
  private final ReplayWorker worker;
  private final LuaHome home;
  private final Heard heard;
  private @Nullable NgxMachine machine;
  private @Nullable ReplayedModule module;

  private Lane(LuaHome home, Watching watching, long now) {
    this.home = home;
    this.time = new ReplayTime(now);
    this.dicts = new ReplayDicts(home.dicts(), time::now);
    this.worker = new ReplayWorker(loop, home.prefix(), sockets);
    this.heard = new Heard(watching);
  }

  /** Owned by the lane's thread: what the call under way came to. */
  private static final class Heard implements CallRecorder {
    private final Watching watching;
    private @Nullable Replayed replayed;
    private int lineLevel = Journal.NO_LINES;

    Heard(Watching watching) {
      this.watching = watching;
    }

    @Override
    public Set<String> variables() {
      return watching.variables();
    }

    @Override
    public Set<String> members() {
      return watching.members();
    }

    @Override
    public int maxBody() {
      return MAX_BODY;
    }

    @Override
    public int lineLevel() {
      return lineLevel;
    }

    @Override
    public boolean wants() {
      return true;
    }

    @Override
    public boolean recorded(RecordedCall call) {
      replayed = new Replayed.Ran(call);
      return true;
    }

    @Override
    public void failed(String function, String reason) {
      replayed = new Replayed.CouldNot(reason);
    }
  }

  static Lane open(LuaHome home, String module, Watching watching, long now) {
    Lane lane = new Lane(home, watching, now);
    try {
      lane.await(() -> {
        lane.begin(module);
        return true;
      });
      return lane;
    } catch (CompletionException e) {
      lane.close();
      throw e.getCause() instanceof CannotReplay known
          ? known
          : new CannotReplay(module + " can't be loaded: " + reason(e));
    }
  }

  private void begin(String name) {
    NgxLibraries.Settings settings =
        new NgxLibraries.Settings(
            home.re(),
            dicts.dicts(),
            time,
            ZoneOffset.UTC,
            new Random(1),
            home.environment(),
            worker::log);
    NgxMachine built = NgxMachine.create(home.options(), settings, new ChunkCache(), worker);
    built.drawFrom(chance);
    machine = built;
    LuaSource init = home.init();
    if (init != null && built.init(init) instanceof Outcome.Failed failed) {
      throw new CannotReplay("init_by_lua fails: " + failed.message());
    }
    LuaSource initWorker = home.initWorker();
    if (initWorker != null) {
      built.initWorker(initWorker);
    }
    MemoryRequest request = new MemoryRequest(NOTHING, Phase.REWRITE, null, 0, worker, null);
    Outcome loaded =
        built.run(
            vm -> {
              try {
                module = ReplayedModule.load(vm, name, heard);
              } catch (CannotRecord e) {
                throw new CannotReplay(name + " can't be replayed: " + e.getMessage());
              }
              return org.luaj.vm2.LuaValue.NONE;
            },
            Phase.REWRITE,
            request);
    if (loaded instanceof Outcome.Failed failed) {
      throw new CannotReplay(name + " can't be loaded: " + failed.message());
    }
  }

  Replayed replay(RecordedCall call) {
    try {
      return await(() -> run(call));
    } catch (CompletionException e) {
      return e.getCause() instanceof TimeoutException
          ? new Replayed.Hung(PATIENCE_SECONDS)
          : new Replayed.CouldNot(reason(e));
    }
  }

  private Replayed run(RecordedCall call) {
    ReplayedModule loaded = module;
    NgxMachine running = machine;
    if (loaded == null || running == null) {
      throw new IllegalStateException("the lane did not open");
    }
    time.begin(call.journal());
    chance.begin(call.journal());
    dicts.begin(call.journal());
    sockets.begin(call.journal());
    heard.replayed = null;
    heard.lineLevel = call.journal().lineLevel();
    String body = call.before().body() == null ? call.after().body() : call.before().body();
    MemoryRequest request =
        new MemoryRequest(
            call.before(),
            call.phase(),
            body == null ? null : body.getBytes(StandardCharsets.ISO_8859_1),
            call.journal().millis() / 1000.0,
            worker,
            null);
    Outcome outcome = running.run(vm -> loaded.call(call), call.phase(), request);
    NgxMachine.requestEnded(request);
    Replayed replayed = heard.replayed;
    if (replayed == null) {
      return new Replayed.CouldNot(
          outcome instanceof Outcome.Failed failed
              ? failed.message()
              : "the module has no function \"" + call.function() + "\" any more");
    }
    return replayed;
  }

  Coverage coverage() {
    ReplayedModule loaded = module;
    return loaded == null ? Coverage.NONE : await(loaded::coverage);
  }

  private <T> T await(Supplier<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Fiber.submit(
        loop,
        "replay",
        () -> {
          try {
            done.complete(task.get());
          } catch (Throwable t) {
            done.completeExceptionally(t);
          }
        });
    return done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static String reason(CompletionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  @Override
  public void close() {
    loop.close();
  }
}
