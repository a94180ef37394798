package dev.banyan.lua.seam;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker's loop: answers the calls that a handler of Lua makes by their ports alone,
 * and by Lua from the first call on that has to be Lua's.
 */
public final class Pipeline {
  /** Why a request stays in Lua that has been there: its {@code ngx.ctx} holds Lua's values. */
  public static final String IN_LUA = "the request was in Lua before";

  private final SeamSwitch seam;
  private final NgxMachine machine;
  private final SeamInstaller modules;

  /** Runs beside a machine whose modules have this seam. */
  public Pipeline(SeamSwitch seam, NgxMachine machine, SeamInstaller modules) {
    this.seam = seam;
    this.machine = machine;
    this.modules = modules;
  }

  /**
   * Runs a handler's calls.
   *
   * @param why told why Lua is needed
   * @return how the handler ended, or null when nothing was done and its Lua must run
   */
  public @Nullable Outcome run(
      CallList pipeline, Phase phase, RequestHost request, Consumer<String> why) {
    if (RequestContext.shown(request)) {
      why.accept(IN_LUA);
      return null;
    }
    List<ModuleCall> targets = pipeline.calls();
    Run run = new Run(targets, phase, request, machine.directWorld(request), why);
    Selection selection = targets.isEmpty() ? null : seam.select(pipeline, run.call(0));
    if (selection != null) {
      return steps(run, selection, true);
    }
    String reason = reason(run);
    if (reason != null) {
      why.accept(reason);
      return null;
    }
    return steps(run, new Every(), false);
  }

  /** Owned by one handler's run: what is called, and on what. */
  private record Run(
      List<ModuleCall> targets,
      Phase phase,
      RequestHost request,
      DirectWorld world,
      Consumer<String> why) {
    FromPipeline call(int position) {
      return new FromPipeline(targets.get(position), request, world);
    }
  }

  /** Immutable: every call is met. */
  private record Every() implements Selection {
    @Override
    public int next(int from) {
      return from;
    }

    @Override
    public void answered(int position) {
      // nothing is picked by what calls change
    }
  }

  private @Nullable String reason(Run run) {
    for (int i = 0; i < run.targets().size(); i++) {
      String reason = reason(run.targets().get(i), run.call(i));
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private @Nullable String reason(ModuleCall target, DirectCall call) {
    return seam.answers(call) ? target.reason(seam.expected(call)) : target.withoutPort();
  }

  /** Runs the selected calls; when all are Java's in any case, none is asked about. */
  private Outcome steps(Run run, Selection selection, boolean allJava) {
    List<ModuleCall> targets = run.targets();
    List<@Nullable Object> results = List.of();
    int last = -1;
    for (int i = selection.next(0); i < targets.size(); i = selection.next(i + 1)) {
      FromPipeline call = run.call(i);
      String reason = allJava ? null : targets.get(i).reason(seam.way(call));
      if (reason != null) {
        run.why().accept(reason);
        return lua(run, i, SeamInstaller.First.THROUGH_THE_SEAM);
      }
      switch (PortAnswer.of(seam, call, run.world(), call)) {
        case DirectAnswer.Returned(var values) -> results = values;
        case DirectAnswer.Ended(var outcome) -> {
          return outcome;
        }
        case DirectAnswer.Raised(var message) -> {
          return machine.failed(run.phase(), run.request(), message);
        }
        case DirectAnswer.Lua _ -> {
          run.why().accept(targets.get(i).leftToLua());
          return lua(run, i, SeamInstaller.First.PAST_THE_SEAM);
        }
      }
      selection.answered(i);
      last = i;
    }
    if (run.phase() != Phase.SET) {
      return Outcome.Done.NOTHING;
    }
    // what a handler returns whose port is not about the request is nothing
    return DirectAnswer.texts(last == targets.size() - 1 ? results : List.of());
  }

  private Outcome lua(Run run, int from, SeamInstaller.First first) {
    List<ModuleCall> rest = run.targets().subList(from, run.targets().size());
    return machine.run(modules.calls(rest, first), run.phase(), run.request());
  }
}
