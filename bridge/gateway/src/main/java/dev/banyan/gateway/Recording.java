package dev.banyan.gateway;

import dev.banyan.lua.Coverage;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CannotRecord;
import dev.banyan.lua.seam.RecordingModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For any thread but a worker's: the calls of one Lua module are recorded until {@link #end}. */
public final class Recording {
  /**
   * How long one worker may take to begin, to tell or to end; one that a call holds is left out.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<GatewayWorker, RecordingModule> modules;
  private final BooleanSupplier past;

  private Recording(Map<GatewayWorker, RecordingModule> modules, BooleanSupplier past) {
    this.modules = modules;
    this.past = past;
  }

  /** Begins on the workers that have loaded the module; one of them is enough. */
  static Recording begin(
      List<GatewayWorker> workers, String module, CallRecorder recorder, BooleanSupplier past)
      throws CannotRecord {
    Map<GatewayWorker, RecordingModule> begun = new HashMap<>();
    CannotRecord refusal = null;
    for (GatewayWorker worker : workers) {
      Begun one = on(worker, () -> begin(worker, module, recorder));
      if (one != null && one.module() != null) {
        begun.put(worker, one.module());
      } else if (one != null && (refusal == null || refusal.isNotLoaded())) {
        refusal = one.refusal();
      }
    }
    Recording recording = new Recording(begun, past);
    if (refusal != null && !(refusal.isNotLoaded() && !begun.isEmpty())) {
      recording.end();
      throw refusal;
    }
    return recording;
  }

  /** What came of a worker's begin. */
  private record Begun(@Nullable RecordingModule module, @Nullable CannotRecord refusal) {}

  private static Begun begin(GatewayWorker worker, String module, CallRecorder recorder) {
    try {
      return new Begun(worker.lua().record(module, recorder), null);
    } catch (CannotRecord e) {
      return new Begun(null, e);
    }
  }

  /** Whether another configuration has taken the place of the one whose traffic it is. */
  public boolean isPast() {
    return past.getAsBoolean();
  }

  /** What the kept calls of all workers have reached. */
  public Coverage coverage() {
    Coverage all = Coverage.NONE;
    for (Map.Entry<GatewayWorker, RecordingModule> one : modules.entrySet()) {
      Coverage seen = on(one.getKey(), one.getValue()::coverage);
      all = seen == null ? all : all.and(seen);
    }
    return all;
  }

  /** The functions that somebody has replaced since the recording began, on any worker. */
  public Set<String> replaced() {
    Set<String> all = new TreeSet<>();
    modules.forEach((worker, module) -> {
      Set<String> one = on(worker, module::replaced);
      if (one != null) {
        all.addAll(one);
      }
    });
    return all;
  }

  /** Ends recording everywhere; at once where a worker is free, else when it is. */
  public void end() {
    List<GatewayWorker> workers = new ArrayList<>(modules.keySet());
    for (GatewayWorker worker : workers) {
      RecordingModule module = modules.get(worker);
      if (module != null) {
        worker.loop().execute(module::end);
      }
    }
  }

  /** What a task answers on a worker's loop; null when the worker is held or gone. */
  static <T> @Nullable T on(GatewayWorker worker, Supplier<T> task) {
    try {
      return CompletableFuture.supplyAsync(task, worker.loop())
          .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      return null;
    }
  }
}
