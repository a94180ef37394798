package dev.banyan.lua.replay;

import dev.banyan.lua.Coverage;
import dev.banyan.lua.seam.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;

/**
 * Thread-safe: gives recorded calls to their Lua module again, in this process, with the world's
 * answers that were recorded; on several machines at the same time.
 */
public final class LuaReplay implements AutoCloseable {
  private final List<Lane> lanes;

  private LuaReplay(List<Lane> lanes) {
    this.lanes = lanes;
  }

  /** What came of one call. */
  public sealed interface Replayed {
    /** Lua ran it, and did this. */
    record Ran(RecordedCall call) implements Replayed {}

    /** Lua could not run it. */
    record CouldNot(String reason) implements Replayed {}

    /** Lua didn't come to an end; its machine is of no use any more. */
    record Hung(int seconds) implements Replayed {
      /** Says so. */
      public String reason() {
        return "Lua took longer than " + seconds + " s";
      }
    }
  }

  /** What is read of a request before and after a call. */
  record Watching(Set<String> variables, Set<String> members) {
    static Watching of(List<RecordedCall> calls) {
      Set<String> variables = new TreeSet<>();
      Set<String> members = new TreeSet<>();
      for (RecordedCall call : calls) {
        variables.addAll(call.before().variables().keySet());
        variables.addAll(call.after().variables().keySet());
        call.before().ctx().values().forEach(value -> members(value, members));
      }
      return new Watching(Set.copyOf(variables), Set.copyOf(members));
    }

    private static void members(Object value, Set<String> to) {
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, inner) -> {
          to.add(String.valueOf(key));
          members(inner, to);
        });
      }
    }
  }

  /**
   * Starts the machines: each runs the configuration's {@code init_by_lua} and {@code
   * init_worker_by_lua} and requires the module.
   *
   * @param calls those that will be given, which tell what of a request is to be read
   * @param machines how many at most
   * @throws CannotReplay with the reason
   */
  public static LuaReplay open(
      LuaHome home, String module, List<RecordedCall> calls, int machines) {
    long now = calls.isEmpty() ? 0 : calls.getFirst().journal().millis();
    return open(home, module, Watching.of(calls), now, Math.clamp(calls.size(), 1, machines));
  }

  /**
   * Starts one machine for calls that are not known yet.
   *
   * @param variables the nginx variables that are read of a request
   * @param members the fields of computed tables that are
   * @param now the time at which the configuration's code runs, in milliseconds since 1970
   * @throws CannotReplay with the reason
   */
  public static LuaReplay open(
      LuaHome home, String module, Set<String> variables, Set<String> members, long now) {
    return open(home, module, new Watching(variables, members), now, 1);
  }

  private static LuaReplay open(
      LuaHome home, String module, Watching watching, long now, int machines) {
    List<Lane> lanes = new ArrayList<>();
    LuaReplay replay = new LuaReplay(lanes);
    try {
      for (int i = 0; i < machines; i++) {
        lanes.add(Lane.open(home, module, watching, now));
      }
      return replay;
    } catch (CannotReplay e) {
      replay.close();
      throw e;
    }
  }

  /** Gives one call to the first machine. */
  public Replayed replay(RecordedCall call) {
    return lanes.getFirst().replay(call);
  }

  /**
   * Gives the calls to all machines; the answers are in the calls' order.
   *
   * @param progress hears how many are done, on any thread
   */
  public List<Replayed> replay(List<RecordedCall> calls, IntConsumer progress) {
    AtomicReferenceArray<Replayed> results = new AtomicReferenceArray<>(calls.size());
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (Lane lane : lanes) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = next.getAndIncrement(); i < calls.size(); i = next.getAndIncrement()) {
                  results.set(i, lane.replay(calls.get(i)));
                  progress.accept(done.incrementAndGet());
                }
              }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CannotReplay("interrupted");
      }
    }
    List<Replayed> list = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      list.add(results.get(i));
    }
    return list;
  }

  /** Which code of the module the calls have run. */
  public Coverage coverage() {
    Coverage all = Coverage.NONE;
    for (Lane lane : lanes) {
      all = all.and(lane.coverage());
    }
    return all;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
