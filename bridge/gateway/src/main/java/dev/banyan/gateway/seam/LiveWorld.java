package dev.banyan.gateway.seam;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Dns;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import dev.banyan.host.CallGuards;
import dev.banyan.host.Capabilities;
import dev.banyan.lua.seam.SeamCall;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one call: the real world, with lines for the log held back until it has succeeded. */
final class LiveWorld implements Capabilities {
  private static final int MAX_LINES = 100;

  private final SeamCall call;
  private final SeamEvents events;
  private final CallGuards.Guarded guarded;
  private List<Runnable> held = List.of();
  private boolean committed;
  private @Nullable LiveSockets sockets;

  LiveWorld(SeamCall call, SeamEvents events, CallGuards.Guarded guarded) {
    this.call = call;
    this.events = events;
    this.guarded = guarded;
  }

  /** Whether something was done that can't be taken back: Lua must not do it again. */
  boolean committed() {
    return committed;
  }

  private void commit() {
    committed = true;
  }

  @Override
  public Clock clock() {
    return call.clock();
  }

  @Override
  public Randomness randomness() {
    return call.randomness();
  }

  @Override
  public Dict dict(String name) {
    return call.dict(name, this::commit);
  }

  @Override
  public Http http() {
    return new SocketHttp(sockets());
  }

  @Override
  public Tcp tcp() {
    return sockets();
  }

  @Override
  public Udp udp() {
    return sockets();
  }

  @Override
  public Dns dns() {
    return sockets();
  }

  private LiveSockets sockets() {
    LiveSockets made = sockets;
    if (made == null) {
      made = new LiveSockets(call, guarded, this::commit);
      sockets = made;
    }
    return made;
  }

  /** Closes what the call has left open: it has ended. */
  void close() {
    if (sockets != null) {
      sockets.close();
    }
  }

  @Override
  public Log log() {
    return (level, message) -> hold(() -> call.request().log(level, message));
  }

  @Override
  public Metrics metrics() {
    return (name, by) -> hold(() -> events.counted(call.module(), name, by));
  }

  @Override
  public DataFiles files() {
    throw new IllegalStateException("files are for mirrored functions");
  }

  /** Writes what was held back: the call has succeeded. */
  void release() {
    held.forEach(Runnable::run);
    held = List.of();
  }

  private void hold(Runnable line) {
    if (held.isEmpty()) {
      held = new ArrayList<>(2);
    }
    if (held.size() < MAX_LINES) {
      held.add(line);
    }
  }
}
