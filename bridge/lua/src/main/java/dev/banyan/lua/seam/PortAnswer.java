package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Results;
import dev.banyan.api.Way;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a port and carries its answer out, whole or not at all, whoever has called. */
final class PortAnswer {
  private PortAnswer() {}

  static <R> R of(SeamSwitch seam, SeamCall call, World world, Caller<R> caller) {
    SeamReply reply = seam.java(call);
    try {
      return switch (reply) {
        case SeamReply.Decide decide -> decided(decide, seam, call, world, caller);
        case SeamReply.Return answer -> returned(answer, seam, call, caller);
        case SeamReply.Refuse _, SeamReply.Pass _, SeamReply.CallLua _ ->
            unanswered(reply, call, caller);
      };
    } catch (Unappliable e) {
      return unanswered(refused(reply, e.reason()), call, caller);
    }
  }

  private static <R> R decided(
      SeamReply.Decide answer, SeamSwitch seam, SeamCall call, World world, Caller<R> caller)
      throws Unappliable {
    Decision decision = answer.decision();
    if (decision.effectCount() == 0 && decision.verdict() instanceof Decision.Verdict.Next) {
      R results = caller.results(decision.results());
      accepted(seam, call, answer);
      return results;
    }
    @Nullable Object[] ready = EffectApplier.ready(decision, call, caller);
    R results = caller.results(decision.results());
    accepted(seam, call, answer);
    Outcome ending = EffectApplier.apply(answer, call, world, caller, ready);
    return ending == null ? results : caller.ended(ending);
  }

  private static <R> R returned(
      SeamReply.Return answer, SeamSwitch seam, SeamCall call, Caller<R> caller)
      throws Unappliable {
    if (answer.value() instanceof Results results) {
      R values = caller.results(results.values());
      accepted(seam, call, answer);
      String error = results.error();
      return error == null ? values : caller.raised(error);
    }
    R value = caller.result(answer.value());
    accepted(seam, call, answer);
    return value;
  }

  private static void accepted(SeamSwitch seam, SeamCall call, SeamReply.Answer answer) {
    answer.accepted();
    seam.answered(call, Way.JAVA, answer.nanos());
  }

  private static SeamReply refused(SeamReply reply, String reason) {
    return reply instanceof SeamReply.Answer answer ? answer.refused(reason) : reply;
  }

  private static <R> R unanswered(SeamReply reply, SeamCall call, Caller<R> caller) {
    return switch (reply) {
      case SeamReply.Refuse(int status) -> refuse(call, status, caller);
      case SeamReply.CallLua _ -> caller.lua();
      case SeamReply.Pass _, SeamReply.Answer _ -> nothing(caller);
    };
  }

  private static <R> R nothing(Caller<R> caller) {
    try {
      return caller.results(List.of());
    } catch (Unappliable e) {
      throw new IllegalStateException("no results are always possible", e);
    }
  }

  /** Ends the request where {@code ngx.exit} can; elsewhere the run of the handler, as an error. */
  private static <R> R refuse(SeamCall call, int status, Caller<R> caller) {
    return NgxApi.entry("ngx.exit").phases().contains(call.request().phase())
        ? caller.ended(new Outcome.Exit(status))
        : caller.raised(call.module() + "." + call.function() + " failed and must not be passed");
  }
}
