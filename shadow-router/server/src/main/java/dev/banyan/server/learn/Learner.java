package dev.banyan.server.learn;

import dev.banyan.api.Mode;
import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.Recording;
import dev.banyan.lua.seam.CannotRecord;
import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.vectors.VectorJson;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: records modules of the legacy that is served. Nothing is held and nothing costs
 * while no module is recorded; of each module the last recording is held until the next.
 */
public final class Learner implements AutoCloseable {
  /** How many modules may be recorded at the same time. */
  public static final int MOST_OPEN = 4;

  private final ConfSource source;
  private final FlagStore flags;
  private final Clock clock;
  private final Map<String, LearnSession> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("banyan-learn").factory());
  private volatile @Nullable Gateway gateway;

  /** For this configuration. */
  public Learner(ConfSource source, FlagStore flags, Clock clock) {
    this.source = source;
    this.flags = flags;
    this.clock = clock;
    timer.scheduleWithFixedDelay(this::endOver, 1, 1, TimeUnit.SECONDS);
  }

  /** Tells whose traffic it is. */
  public void serve(Gateway running) {
    gateway = running;
  }

  /**
   * Begins to record a module.
   *
   * @throws CannotLearn with the reason and what to do
   */
  public synchronized void begin(String module, LearnOptions options) throws CannotLearn {
    Gateway running = gateway;
    if (running == null) {
      throw new CannotLearn(module + " can't be recorded: Banyan has not finished its start");
    }
    Mode mode = flags.current().flag(module).mode();
    if (mode != Mode.LUA && mode != Mode.SHADOW) {
      throw new CannotLearn(
          module + " is at " + mode.label() + ": put it at lua or shadow, so that Lua answers");
    }
    LearnSession before = sessions.get(module);
    if (before != null && before.isOpen()) {
      throw new CannotLearn(module + " is being recorded already: wait, or stop that first");
    }
    if (open() >= MOST_OPEN) {
      throw new CannotLearn(MOST_OPEN + " modules are being recorded: wait, or stop one");
    }
    LearnSession session = new LearnSession(module, options, text(module), clock);
    try {
      Recording recording = running.record(module, session);
      session.begun(recording);
    } catch (CannotRecord e) {
      throw new CannotLearn(module + " can't be recorded: " + e.getMessage());
    }
    sessions.put(module, session);
  }

  private long open() {
    return sessions.values().stream().filter(LearnSession::isOpen).count();
  }

  /** Whether any module is being recorded. */
  public boolean isRecording() {
    return open() > 0;
  }

  private ModuleText text(String module) throws CannotLearn {
    try {
      LegacyLua lua = LegacyLua.of(source.syntax(), source.prefix());
      return ModuleText.of(lua, source.prefix(), module)
          .orElseThrow(() ->
              new CannotLearn(
                  module
                      + " is required by nothing that the configuration reaches: see its name in"
                      + " \"banyan inventory\""));
    } catch (ConfigException e) {
      throw new CannotLearn(module + " can't be recorded: " + e.getMessage());
    }
  }

  /** Ends the recording of a module, if one is under way. */
  public void end(String module, String why) {
    LearnSession session = sessions.get(module);
    if (session != null) {
      session.end(why);
    }
  }

  /**
   * The workers were replaced by such that don't record. What was begun just before that ends too,
   * which is why nothing may begin meanwhile.
   */
  public synchronized void reloaded() {
    sessions.values().stream()
        .filter(LearnSession::isPast)
        .forEach(session -> session.end("the configuration was reloaded"));
  }

  private void endOver() {
    sessions.values().stream()
        .filter(session -> session.isOpen() && session.isOver())
        .forEach(session -> session.end("its time is over"));
  }

  /** What was learned of a module, or null when it wasn't recorded. */
  public @Nullable Map<String, @Nullable Object> report(String module) {
    LearnSession session = sessions.get(module);
    return session == null ? null : session.tree();
  }

  /** The vectors of a module, as they go to files, or null when it wasn't recorded. */
  public @Nullable List<Map<String, @Nullable Object>> vectors(String module) {
    LearnSession session = sessions.get(module);
    return session == null ? null : session.vectors().stream().map(VectorJson::write).toList();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    sessions.values().forEach(session -> session.end("Banyan stops"));
  }
}
