package dev.banyan.lua.seam;

import dev.banyan.api.Way;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.World;
import java.util.List;

/** Asks a port and carries its answer out, whole or not at all, whoever has called. */
final class PortAnswer {
  private PortAnswer() {}

  static <R> R of(SeamSwitch seam, SeamCall call, World world, Caller<R> caller) {
    SeamReply reply = seam.java(call);
    try {
      return switch (reply) {
        case SeamReply.Decide(var decision, var receipt) -> {
          EffectApplier effects = EffectApplier.of(decision, call, world, caller, receipt);
          R results = caller.results(decision.results());
          accepted(seam, call, receipt);
          Outcome ending = effects.apply();
          yield ending == null ? results : caller.ended(ending);
        }
        case SeamReply.Return(var results, var receipt) -> {
          R values = caller.results(results.values());
          accepted(seam, call, receipt);
          String error = results.error();
          yield error == null ? values : caller.raised(error);
        }
        case SeamReply.Refuse _, SeamReply.Pass _, SeamReply.CallLua _ ->
            unanswered(reply, call, caller);
      };
    } catch (Unappliable e) {
      return unanswered(refused(reply, e.reason()), call, caller);
    }
  }

  private static void accepted(SeamSwitch seam, SeamCall call, SeamReply.Receipt receipt) {
    receipt.accepted();
    seam.answered(call, Way.JAVA, receipt.nanos());
  }

  private static SeamReply refused(SeamReply reply, String reason) {
    return switch (reply) {
      case SeamReply.Decide(var _, var receipt) -> receipt.refused(reason);
      case SeamReply.Return(var _, var receipt) -> receipt.refused(reason);
      case SeamReply.Refuse _, SeamReply.Pass _, SeamReply.CallLua _ -> reply;
    };
  }

  private static <R> R unanswered(SeamReply reply, SeamCall call, Caller<R> caller) {
    return switch (reply) {
      case SeamReply.Refuse(int status) -> refuse(call, status, caller);
      case SeamReply.CallLua _ -> caller.lua();
      case SeamReply.Pass _, SeamReply.Decide _, SeamReply.Return _ -> nothing(caller);
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
