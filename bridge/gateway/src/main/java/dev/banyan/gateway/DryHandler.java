package dev.banyan.gateway;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.gateway.PathSteps.Handled;
import dev.banyan.gateway.PathSteps.Noted;
import dev.banyan.gateway.seam.DryPorts;
import dev.banyan.gateway.seam.DryPorts.Said;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.seam.DryCall;
import dev.banyan.lua.seam.DryEffects;
import dev.banyan.lua.seam.ModuleCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one dry run: a handler's declared calls, made on the dry request by ports alone. */
final class DryHandler {
  private final DryPorts ports;
  private final DryRequest dry;
  private final Handled old;
  private final List<Noted> unused;
  private final List<String> made = new ArrayList<>();

  DryHandler(DryPorts ports, DryRequest dry, Handled old) {
    this.ports = ports;
    this.dry = dry;
    this.old = old;
    this.unused = new ArrayList<>(old.calls());
  }

  /** How it ended. */
  sealed interface Ending {
    /** As a handler of Lua's does. */
    record By(Outcome outcome) implements Ending {}

    /** A port asked or wrote what Lua's side of this call did not. */
    record Strayed(ModuleCall call, String complaint) implements Ending {}

    /** The pipeline makes a call that Lua doesn't make here. */
    record Uncalled(ModuleCall call) implements Ending {}
  }

  /** The calls that were made, in order. */
  List<String> made() {
    return List.copyOf(made);
  }

  /**
   * Runs it.
   *
   * @throws Unmeasured when ports alone can't
   */
  Ending run() {
    Phase phase = old.began().phase();
    for (ModuleCall target : old.began().declared()) {
      if (!ports.answers(target, phase)) {
        throw new Unmeasured(target + " has no port for this phase");
      }
    }
    List<@Nullable Object> results = List.of();
    ModuleCall last = null;
    for (ModuleCall target : old.began().declared()) {
      made.add(target.toString());
      Journal journal = journal(target);
      if (journal == null) {
        return new Ending.Uncalled(target);
      }
      DryCall call = new DryCall(target, dry);
      switch (ports.ask(target, call, journal)) {
        case Said.NotMeant _ -> {
          continue;
        }
        case Said.Strayed(String complaint) -> {
          return new Ending.Strayed(target, complaint);
        }
        case Said.Left left -> throw left(target, left);
        case Said.Returned(var values) -> results = values;
        case Said.Decided(var decision) -> {
          switch (DryEffects.apply(decision, call, new DryWorld(dry))) {
            case DryEffects.Done.Next _ -> results = decision.results();
            case DryEffects.Done.Ended(var outcome) -> {
              return new Ending.By(outcome);
            }
            case DryEffects.Done.Refused(String reason) ->
                throw new Unmeasured(target + " is left to Lua: " + reason);
          }
        }
      }
      last = target;
    }
    return new Ending.By(returned(results, last));
  }

  private static Unmeasured left(ModuleCall target, Said.Left left) {
    return left.cause() instanceof Unmeasured unmeasured
        ? new Unmeasured(target + ": " + unmeasured.reason())
        : new Unmeasured(target + " is left to Lua: " + left.reason());
  }

  private Outcome returned(List<@Nullable Object> results, @Nullable ModuleCall last) {
    List<ModuleCall> declared = old.began().declared();
    if (old.began().phase() != Phase.SET) {
      return Outcome.Done.NOTHING;
    }
    boolean byLast = !declared.isEmpty() && declared.getLast().equals(last);
    return DryEffects.returned(byLast ? results : List.of());
  }

  /** What Lua's own call of this asked of the world; null when it made none. */
  private @Nullable Journal journal(ModuleCall target) {
    for (int i = 0; i < unused.size(); i++) {
      if (unused.get(i).call().equals(target)) {
        Journal journal = unused.remove(i).journal();
        if (journal.overflowed()) {
          throw new Unmeasured(target + " asks the world for more than a journal holds");
        }
        return journal;
      }
    }
    return null;
  }
}
