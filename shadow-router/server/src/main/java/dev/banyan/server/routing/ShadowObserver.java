package dev.banyan.server.routing;

import dev.banyan.api.FailMode;
import dev.banyan.api.Phase;
import dev.banyan.api.Way;
import dev.banyan.gateway.seam.SeamEvents;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.seam.CpuMeter;
import dev.banyan.lua.seam.Observed;
import dev.banyan.router.parity.CallCost;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.Observation;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ShadowedCall;
import dev.banyan.router.parity.Traffic;
import dev.banyan.router.parity.Verdict;
import dev.banyan.server.shadow.ShadowExecutor;
import dev.banyan.server.traces.Traces;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: counts what happens at the seam and has candidates run and compared, on the
 * shadow executor's threads.
 */
public final class ShadowObserver implements SeamEvents, CallGuards.Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowObserver.class);

  private static final String SHED = "shed: the shadow queue is full";
  private static final String LATE = "shed: the request had waited for its worker";

  private final ParityBook parity;
  private final ShadowExecutor executor;
  private final Afterwards afterwards;
  private final @Nullable Traces traces;

  /** Told of each comparison, on the executor's threads: must not wait. */
  @FunctionalInterface
  public interface Afterwards {
    /**
     * A shadowed call was compared.
     *
     * @param mismatch how the sides differ; null when they agree or rules hide it
     */
    void compared(ModuleParity page, ShadowSample sample, @Nullable Mismatch mismatch);
  }

  /** Counts into this book, which keeps the newest samples. */
  public ShadowObserver(ParityBook parity, ShadowExecutor executor) {
    this(parity, executor, (_, _, _) -> {}, null);
  }

  /**
   * Counts into this book.
   *
   * @param afterwards hears of each comparison
   * @param traces takes what candidates of traced calls did; null when nothing is traced
   */
  public ShadowObserver(
      ParityBook parity, ShadowExecutor executor, Afterwards afterwards, @Nullable Traces traces) {
    this.parity = parity;
    this.executor = executor;
    this.afterwards = afterwards;
    this.traces = traces;
  }

  @Override
  public Answers answers(String module) {
    return new Counted(module);
  }

  /** For any thread: counts the answers of a module, whose page may be opened later. */
  private final class Counted implements Answers {
    private final String module;

    /** Once found it stays, whichever thread finds it. */
    private @Nullable ModuleParity page;

    Counted(String module) {
      this.module = module;
    }

    @Override
    public void answered(String function, Way by, long nanos) {
      ModuleParity counting = page;
      if (counting == null) {
        counting = parity.module(module);
        if (counting == null) {
          return;
        }
        page = counting;
      }
      if (by == Way.JAVA) {
        counting.javaAnswered(nanos);
      } else {
        counting.luaAnswered(nanos);
      }
    }
  }

  @Override
  public void fellBack(String module, String function, String reason, @Nullable Throwable cause) {
    ModuleParity page = parity.module(module);
    if (page != null) {
      page.fellBack(reason);
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug("{}.{} fell back to Lua: {}", module, function, told(reason, cause));
    }
  }

  @Override
  public void failed(
      String module, String function, FailMode mode, String reason, @Nullable Throwable cause) {
    ModuleParity page = parity.module(module);
    if (page != null) {
      page.fellBack("fail mode " + mode.label() + ": " + reason);
    }
    LOG.warn("{}.{} failed, fail mode {}: {}", module, function, mode.label(), told(reason, cause));
  }

  @Override
  public void timerFailed(String module, String timer, String reason, @Nullable Throwable cause) {
    ModuleParity page = parity.module(module);
    if (page != null) {
      page.fellBack("timer " + timer + ": " + reason);
    }
    LOG.error("{}, timer {} failed and is not run again: {}", module, timer, told(reason, cause));
  }

  private String told(String reason, @Nullable Throwable cause) {
    return parity.redactor().text(reason) + CauseText.of(cause, parity.redactor());
  }

  @Override
  public void overran(
      String module, String function, Duration took, List<StackTraceElement> stack) {
    StringBuilder where = new StringBuilder();
    stack.forEach(frame -> where.append("\n    at ").append(frame));
    LOG.error(
        "{}.{} overran its deadline: {} ms{}; Lua answers for a while{}",
        module,
        function,
        took.toMillis(),
        blocker(stack),
        where);
  }

  /** What of the JDK the port's code is in, which is what blocks when something does. */
  private static String blocker(List<StackTraceElement> stack) {
    for (int i = 0; i < stack.size(); i++) {
      if (stack.get(i).getModuleName() == null) {
        if (i == 0) {
          return "";
        }
        StackTraceElement called = stack.get(i - 1);
        return " in "
            + called.getClassName()
            + "."
            + called.getMethodName()
            + ", called from "
            + stack.get(i);
      }
    }
    return "";
  }

  @Override
  public void missing(String module, String function) {
    LOG.warn(
        "the port of {} replaces function \"{}\", which the Lua module doesn't have: it is never"
            + " called",
        module,
        function);
  }

  @Override
  public void otherPhase(String module, String function, Phase phase) {
    ModuleParity page = parity.module(module);
    if (page != null) {
      page.fellBack("the port is not for phase " + phase.luaName());
    }
    LOG.warn(
        "{}.{} is called in phase {}, for which its port is not: Lua answers there; name the phase"
            + " in @Handler, or leave it as it is",
        module,
        function,
        phase.luaName());
  }

  @Override
  public void differs(String module, String constant) {
    LOG.warn(
        "the port of {} declares constant \"{}\" with another value than the Lua module's",
        module,
        constant);
  }

  @Override
  public void mirrorFailed(String module, String function, String reason) {
    LOG.error(
        "the port of {} did not follow \"{}\": {}; it may know other things than Lua does",
        module,
        function,
        reason);
  }

  @Override
  public void counted(String module, String counter, long by) {
    ModuleParity page = parity.module(module);
    if (page != null) {
      page.counted(counter, by);
    }
  }

  @Override
  public void skipped(String module, String function, String reason) {
    skipped(module, reason);
  }

  private void skipped(String module, String reason) {
    ModuleParity page = parity.module(module);
    if (page != null) {
      page.skipped(reason);
    }
  }

  @Override
  public boolean admits(String module, boolean late) {
    if (late) {
      executor.spared();
      skipped(module, LATE);
      return false;
    }
    if (executor.admits()) {
      return true;
    }
    skipped(module, SHED);
    return false;
  }

  @Override
  public void shadowed(ShadowSample sample) {
    if (!executor.submit(() -> observe(sample))) {
      skipped(sample.module(), SHED);
    }
  }

  private void observe(ShadowSample sample) {
    ModuleParity page = parity.module(sample.module());
    if (page != null) {
      observe(page, sample);
    }
  }

  private void observe(ModuleParity page, ShadowSample sample) {
    try {
      ShadowSample.Candidate candidate = sample.candidate().get();
      page.candidateRan(candidate.nanos());
      CpuMeter.Measured lua = sample.cost();
      CpuMeter.Measured java = candidate.cost();
      if (lua != null && java != null) {
        page.measured(new CallCost(1, lua.nanos(), lua.octets(), java.nanos(), java.octets()));
      }
      Observed observed = candidate.observed();
      if (observed != null && sample.control().isAs(observed)) {
        page.matched(
            sample.function(), traffic(sample), Observations.decision(observed), observed.error());
        trace(sample, candidate, Verdict.MATCHED);
        afterwards.compared(page, sample, null);
        return;
      }
      ShadowedCall call = call(sample);
      Observation control = Observations.of(sample.control());
      if (observed != null) {
        Mismatch mismatch = page.compare(call, control, Observations.of(observed));
        trace(sample, candidate, mismatch == null ? Verdict.MATCHED : Verdict.MISMATCHED);
        afterwards.compared(page, sample, mismatch);
      } else if (candidate.outcome() instanceof CallOutcome.Fallback fallback) {
        trace(sample, candidate, fallback.cause() == null ? Verdict.SKIPPED : Verdict.BROKEN);
        unanswered(page, call, control, fallback);
      } else {
        page.broke(call, control, "no observation");
      }
    } catch (Throwable t) { // a candidate may fail in any way; it is counted, and goes no further
      page.broke(
          call(sample), Observations.of(sample.control()), "threw " + t.getClass().getSimpleName());
    }
  }

  private void trace(ShadowSample sample, ShadowSample.Candidate candidate, Verdict verdict) {
    if (traces != null && sample.link() != null) {
      traces.candidate(
          sample.link(), sample.module(), sample.function(), verdict, candidate.nanos());
    }
  }

  private static void unanswered(
      ModuleParity page, ShadowedCall call, Observation control, CallOutcome.Fallback fallback) {
    if (fallback.cause() == null) {
      page.skipped(call, control, fallback.reason());
    } else {
      page.broke(call, control, fallback.reason());
    }
  }

  private static ShadowedCall call(ShadowSample sample) {
    return new ShadowedCall(sample.function(), new TreeMap<>(sample.request()), traffic(sample));
  }

  private static Traffic traffic(ShadowSample sample) {
    var traffic = sample.traffic();
    return Traffic.of(traffic.keys(), traffic.route(), traffic.method(), traffic.status());
  }
}
