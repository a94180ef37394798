package dev.banyan.gateway.seam;

import dev.banyan.api.Phase;
import dev.banyan.api.Way;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallView;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.RelevantCalls;
import dev.banyan.lua.seam.CallList;
import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: a declared pipeline as one module host's ports answer it. Kept with the pipeline
 * until other ports are installed.
 */
final class PipelineSteps {
  private final ModuleHost host;

  /** Null when one of the calls has no port that answers it. */
  private final @Nullable RelevantCalls calls;

  private final Set<String> modules;

  /** The latest decisions that were found to have all of this pipeline's modules in Java. */
  private volatile @Nullable Map<String, Way> enough;

  private PipelineSteps(ModuleHost host, @Nullable RelevantCalls calls, Set<String> modules) {
    this.host = host;
    this.calls = calls;
    this.modules = modules;
  }

  /** The steps of a pipeline whose handler runs in this phase. */
  static PipelineSteps of(CallList pipeline, Phase phase, ModuleHost host) {
    if (pipeline.known() instanceof PipelineSteps steps && steps.host == host) {
      return steps;
    }
    PipelineSteps made = make(pipeline.calls(), phase, host);
    pipeline.know(made);
    return made;
  }

  private static PipelineSteps make(List<ModuleCall> targets, Phase phase, ModuleHost host) {
    List<RelevantCalls.Call> calls = new ArrayList<>();
    Set<String> modules = new HashSet<>();
    for (ModuleCall target : targets) {
      BoundPort port = host.port(target.module());
      BoundTarget bound = port == null ? null : port.target(target.function());
      if (port == null || bound == null || !bound.in(phase)) {
        return new PipelineSteps(host, null, Set.of());
      }
      calls.add(new RelevantCalls.Call(port, bound));
      modules.add(target.module());
    }
    return new PipelineSteps(host, RelevantCalls.of(calls), modules);
  }

  /** What a request meets; null unless its plan has all calls answered by Java in any case. */
  @Nullable Selection select(ModulePolicy.Plan plan, SeamCall call) {
    return calls != null && allJava(plan.settled())
        ? new Selected(calls, new LiveCall(call, false))
        : null;
  }

  /** One map serves all requests until the flags change, so that it is looked through once. */
  @SuppressWarnings("ReferenceEquality")
  private boolean allJava(Map<String, Way> settled) {
    if (settled == enough) {
      return true;
    }
    for (String module : modules) {
      if (settled.get(module) != Way.JAVA) {
        return false;
      }
    }
    enough = settled;
    return true;
  }

  /** Owned by one run. */
  private static final class Selected implements Selection {
    private final RelevantCalls calls;
    private final CallView request;
    private @Nullable BitSet found;

    Selected(RelevantCalls calls, CallView request) {
      this.calls = calls;
      this.request = request;
    }

    @Override
    public int next(int from) {
      BitSet met = found;
      if (met == null) {
        met = calls.find(request);
        found = met;
      }
      int next = met.nextSetBit(from);
      return next < 0 ? calls.size() : next;
    }

    @Override
    public void answered(int position) {
      if (calls.turns(position)) {
        found = null;
      }
    }
  }
}
