package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a port decides on a request that nobody sees, as a declared pipeline does on a
 * live one: whole or not at all.
 */
public final class DryEffects {
  /** A decision that nobody hears of. */
  private record Unheard(Decision decision) implements SeamReply.Decide {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void accepted() {
      // nothing was held back
    }

    @Override
    public SeamReply.Later later(Effect.Later timer) {
      return (_, _) -> {
        throw new IllegalStateException("no timer of a dry run is ever due");
      };
    }

    @Override
    public SeamReply refused(String reason) {
      return new SeamReply.CallLua();
    }
  }

  private DryEffects() {}

  /** What became of a decision. */
  public sealed interface Done {
    /** The function returned, and the handler goes on. */
    record Next() implements Done {}

    /** The handler ends. */
    record Ended(Outcome outcome) implements Done {}

    /** It can't be carried out whole, and nothing of it was: Lua would answer the call. */
    record Refused(String reason) implements Done {}
  }

  /** Carries a decision out. */
  public static Done apply(Decision decision, DryCall call, World world) {
    try {
      @Nullable Object[] ready = EffectApplier.ready(decision, call, call);
      call.results(decision.results());
      Outcome ending = EffectApplier.apply(new Unheard(decision), call, world, call, ready);
      return ending == null ? new Done.Next() : new Done.Ended(ending);
    } catch (Unappliable e) {
      return new Done.Refused(e.reason());
    }
  }

  /** How a handler ends whose last call returned these, as {@code set_by_lua} takes them. */
  public static Outcome returned(List<@Nullable Object> values) {
    return DirectAnswer.texts(values);
  }
}
