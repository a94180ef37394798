package dev.banyan.server.noise;

import dev.banyan.gateway.seam.RecordedObservation;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.gateway.seam.ShadowSample.Whole;
import dev.banyan.gateway.seam.WholeCalls;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.Watched;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.Observation;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.server.reproduce.CallTexts;
import dev.banyan.server.routing.Observations;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.vectors.CallDifferences;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: compares Lua with itself. A share of the shadowed calls is taken whole and answered
 * a second time by a machine that serves nobody, in the world that the journal tells, on one thread
 * of its own.
 */
public final class NoiseMeter implements WholeCalls, AutoCloseable {
  /** Calls that wait for the thread; those beyond are not measured. */
  private static final int MAX_WAITING = 64;

  private static final int PATIENCE_SECONDS = 2;

  private final double share;
  private final ParityBook parity;
  private final CallTexts texts;
  private final WholeCalls others;
  private final SecondMachines machines;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().daemon().name("banyan-noise").factory());

  /**
   * Measures this share of all shadowed calls.
   *
   * @param share above 0, up to 1
   * @param others who else wants calls whole
   */
  public NoiseMeter(
      double share, ParityBook parity, CallTexts texts, ConfSource source, WholeCalls others) {
    this.share = share;
    this.parity = parity;
    this.texts = texts;
    this.others = others;
    this.machines = new SecondMachines(source);
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public Asked of(String module) {
    Asked other = others.of(module);
    return () -> {
      if (ThreadLocalRandom.current().nextDouble() < share && hasRoom()) {
        Reading reading = texts.known(module);
        return reading == null ? null : reading.to(Purpose.NOISE);
      }
      return other.wanted();
    };
  }

  private boolean hasRoom() {
    return thread.getQueue().remainingCapacity() > 0;
  }

  /** A shadowed call was compared; measured if it was taken for that. Never waits. */
  public void compared(ModuleParity page, ShadowSample sample) {
    switch (sample.whole()) {
      case Whole.Taken(RecordedCall call, Reading reading)
          when reading.purpose() == Purpose.NOISE ->
          submit(page, sample.watched(), call, reading);
      case Whole.Lost(String reason, Reading reading) when reading.purpose() == Purpose.NOISE ->
          page.notTwice(reason);
      case null, default -> {
        // it wasn't
      }
    }
  }

  private void submit(ModuleParity page, Watched watched, RecordedCall call, Reading reading) {
    if (!call.opaque().isEmpty()) {
      page.notTwice(call.opaque().getFirst() + " can't be given a second time");
      return;
    }
    try {
      thread.execute(() -> measure(page, watched, call, reading));
    } catch (RejectedExecutionException e) {
      page.notTwice("too many calls waited for it");
    }
  }

  private void measure(ModuleParity page, Watched watched, RecordedCall call, Reading reading) {
    try {
      switch (machines.replay(call, reading)) {
        case Replayed.CouldNot(String reason) -> page.notTwice(reason);
        case Replayed.Hung hung -> page.notTwice(hung.reason());
        case Replayed.Ran(RecordedCall second)
            when second.error() != null && call.error() == null ->
            page.notTwice("the second machine lacks something: " + second.error());
        case Replayed.Ran(RecordedCall second) -> {
          Observation first = Observations.of(RecordedObservation.of(call, watched));
          page.answeredTwice(call.function(), first, second(call, second, watched));
        }
      }
    } catch (Throwable t) { // whatever fails here, this thread goes on and the user's call is done
      page.notTwice("failed: " + t.getClass().getSimpleName());
    }
  }

  /** What was asked of the world is compared too, at the place where a port's would be. */
  private static Observation second(RecordedCall call, RecordedCall second, Watched watched) {
    Observed observed = RecordedObservation.of(second, watched);
    if (CallDifferences.isSameWorld(call, second)) {
      return Observations.of(observed);
    }
    Map<String, @Nullable Object> state = new TreeMap<>(observed.state());
    state.put("world", "asked or did otherwise");
    return Observations.of(
        new Observed(
            observed.results(), observed.error(), observed.ending(), state, observed.body()));
  }

  /** The legacy was read anew: what was seen of the former Lua counts no more. */
  public void reloaded() {
    parity.all().forEach(ModuleParity::restartNoise);
    thread.execute(machines::close);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        machines.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
