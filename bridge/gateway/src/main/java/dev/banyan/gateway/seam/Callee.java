package dev.banyan.gateway.seam;

import dev.banyan.api.Way;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallGuards;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.seam.CallSite;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.Watchpoints;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: what stands behind a function that is called, for requests that began with the
 * same ports. It is kept where the function is called from, so that a call looks nothing up by its
 * name; weakly, since a function that is no longer called must not hold former ports.
 */
final class Callee {
  /** After so many calls most of what a port needs has been read and linked. */
  private static final int COLD_CALLS = 100;

  private final HostSeam seam;
  private final ModuleHost host;
  private final String module;
  private final String function;
  private final @Nullable BoundPort port;
  private final @Nullable BoundTarget target;
  private final CallGuards.Gate gate;
  private final SeamEvents.Answers answers;
  private final Watchpoints watchpoints;
  private final WholeCalls.Asked wholeCalls;
  private final BooleanSupplier logs;
  private @Nullable Decided decided;

  /** As far as {@link #COLD_CALLS}; threads that count together may lose one. */
  private int calls;

  /** Immutable: who answers by the decisions that were met last; null where a request counts. */
  private record Decided(Map<String, Way> by, @Nullable Way way) {}

  private Callee(HostSeam seam, ModuleHost host, CallSite site) {
    this.seam = seam;
    this.host = host;
    this.module = site.module();
    this.function = site.function();
    this.port = host.port(module);
    this.target = port == null ? null : port.target(function);
    this.gate = seam.guards().gate(module);
    this.answers = seam.events().answers(module);
    this.wholeCalls = seam.shadowOptions().wholeCalls().of(module);
    this.logs = seam.shadowOptions().logs().apply(module);
    this.watchpoints =
        target instanceof BoundHandler handler
            ? new Watchpoints(PortReplay.watched(handler.rules()))
            : Watchpoints.NOTHING;
  }

  /** What is called there; found anew when other ports were installed meanwhile. */
  static Callee of(HostSeam seam, ModuleHost host, CallSite site) {
    Callee known = known(site);
    if (known != null && known.host == host && known.seam == seam) {
      return known;
    }
    Key key = new Key(seam, site.module(), site.function());
    Callee found = (Callee) host.derived(key, () -> new Callee(seam, host, site));
    site.know(new WeakReference<>(found));
    return found;
  }

  private static @Nullable Callee known(CallSite site) {
    return site.known() instanceof WeakReference<?> kept && kept.get() instanceof Callee known
        ? known
        : null;
  }

  /** Under what a host keeps one; a seam is itself alone. */
  private record Key(HostSeam seam, String module, String function) {}

  /** Who answers in any request that obeys these decisions; null where the request counts. */
  @SuppressWarnings("ReferenceEquality") // decisions are replaced whole
  @Nullable Way way(Map<String, Way> settled) {
    Decided known = decided;
    if (known == null || known.by != settled) {
      known = new Decided(settled, settled.get(module));
      decided = known;
    }
    return known.way;
  }

  /** Its port if that is a handler's, or null. */
  @Nullable BoundHandler handler() {
    return target instanceof BoundHandler handler ? handler : null;
  }

  /** Whether a port has it. */
  boolean isPorted() {
    return target != null;
  }

  /** The port of its module. */
  BoundPort port() {
    if (port == null) {
      throw new IllegalStateException("no port with a function " + function);
    }
    return port;
  }

  /** What answers. */
  BoundTarget target() {
    if (target == null) {
      throw new IllegalStateException("no function " + function);
    }
    return target;
  }

  /** Whether the port is about this request; its plain functions always are. */
  boolean isMeant(SeamCall call) {
    return HostSeam.meant(port(), target(), call, false);
  }

  /** The same for a call that is shadowed, of which nothing may be read that isn't at hand. */
  boolean concerns(SeamCall call) {
    return HostSeam.meant(port(), target(), call, true);
  }

  /** The places that are compared where it is shadowed. */
  Watchpoints watchpoints() {
    return watchpoints;
  }

  /** Which of its module's calls are taken whole. */
  WholeCalls.Asked wholeCalls() {
    return wholeCalls;
  }

  /** Whether its module's lines in the error log are compared, where it is shadowed. */
  boolean comparesLog() {
    return logs.getAsBoolean();
  }

  /** Begins a call; the first ones, since a start or a swap of ports, may take longer. */
  CallGuards.Guarded enter() {
    if (calls < COLD_CALLS) {
      calls++;
      return seam.guards().enterCold(gate, function);
    }
    return seam.guards().enter(gate, function);
  }

  /** Told of its module's answers. */
  SeamEvents.Answers answers() {
    return answers;
  }
}
