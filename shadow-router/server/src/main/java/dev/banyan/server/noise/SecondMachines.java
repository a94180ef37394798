package dev.banyan.server.noise;

import dev.banyan.gateway.LuaHomes;
import dev.banyan.gateway.seam.WholeCalls.Reading;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.serve.ConfSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the meter's thread: Lua machines that serve nobody, one for each module that is
 * measured, the latest used ones. They have no network, no timers and dicts of their own, so that
 * nothing that Lua does in them is done twice.
 */
final class SecondMachines implements AutoCloseable {
  /** Machines that are held at the same time. */
  static final int MAX_MACHINES = 8;

  private final ConfSource source;
  private final Map<String, LuaReplay> machines = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, String> failures = new HashMap<>();
  private @Nullable LuaHome home;

  SecondMachines(ConfSource source) {
    this.source = source;
  }

  /** Gives a call to its module's machine; a module that hung is not measured any more. */
  Replayed replay(RecordedCall call, Reading reading) {
    String known = failures.get(call.module());
    if (known != null) {
      return new Replayed.CouldNot(known);
    }
    try {
      Replayed replayed = machine(call, reading).replay(call);
      if (replayed instanceof Replayed.Hung hung) {
        failures.put(call.module(), hung.reason());
        LuaReplay hanging = machines.remove(call.module());
        if (hanging != null) {
          hanging.close();
        }
      }
      return replayed;
    } catch (CannotReplay | ConfigException e) {
      failures.put(call.module(), String.valueOf(e.getMessage()));
      return new Replayed.CouldNot(String.valueOf(e.getMessage()));
    }
  }

  private LuaReplay machine(RecordedCall call, Reading reading) {
    LuaReplay known = machines.get(call.module());
    if (known != null) {
      return known;
    }
    if (machines.size() >= MAX_MACHINES) {
      String eldest = machines.keySet().iterator().next();
      LuaReplay dropped = machines.remove(eldest);
      if (dropped != null) {
        dropped.close();
      }
    }
    LuaHome legacy = home;
    if (legacy == null) {
      legacy = LuaHomes.of(source.load());
      home = legacy;
    }
    LuaReplay opened =
        LuaReplay.open(
            legacy, call.module(), reading.variables(), reading.members(), call.journal().millis());
    machines.put(call.module(), opened);
    return opened;
  }

  @Override
  public void close() {
    machines.values().forEach(LuaReplay::close);
    machines.clear();
    failures.clear();
    home = null;
  }
}
