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
      List<ModuleCall> targets, Phase phase, RequestHost request, Consumer<String> why) {
    if (RequestContext.shown(request)) {
      why.accept(IN_LUA);
      return null;
    }
    DirectWorld world = machine.directWorld(request);
    DirectCall[] calls = new DirectCall[targets.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = new DirectCall(targets.get(i), request, world);
      String reason = reason(targets.get(i), calls[i]);
      if (reason != null) {
        why.accept(reason);
        return null;
      }
    }
    return steps(targets, calls, phase, why);
  }

  private @Nullable String reason(ModuleCall target, DirectCall call) {
    return seam.answers(call) ? target.reason(seam.expected(call)) : target.withoutPort();
  }

  private Outcome steps(
      List<ModuleCall> targets, DirectCall[] calls, Phase phase, Consumer<String> why) {
    List<@Nullable Object> results = List.of();
    for (int i = 0; i < calls.length; i++) {
      DirectCall call = calls[i];
      String reason = targets.get(i).reason(seam.way(call));
      if (reason != null) {
        why.accept(reason);
        return lua(targets, i, SeamInstaller.First.THROUGH_THE_SEAM, phase, call.request());
      }
      switch (PortAnswer.of(seam, call, call.world(), new FromPipeline(call))) {
        case DirectAnswer.Returned(var values) -> results = values;
        case DirectAnswer.Ended(var outcome) -> {
          return outcome;
        }
        case DirectAnswer.Raised(var message) -> {
          return machine.failed(phase, call.request(), message);
        }
        case DirectAnswer.Lua _ -> {
          why.accept(targets.get(i).leftToLua());
          return lua(targets, i, SeamInstaller.First.PAST_THE_SEAM, phase, call.request());
        }
      }
    }
    return phase == Phase.SET ? DirectAnswer.texts(results) : Outcome.Done.NOTHING;
  }

  private Outcome lua(
      List<ModuleCall> targets,
      int from,
      SeamInstaller.First first,
      Phase phase,
      RequestHost request) {
    List<ModuleCall> rest = targets.subList(from, targets.size());
    return machine.run(modules.calls(rest, first), phase, request);
  }
}
