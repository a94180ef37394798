package dev.banyan.cli.reproduce;

import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.router.parity.CallJudge;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ModuleConfig;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Owned by one command: a legacy and a port on which calls of a module are tried. */
public final class Ground implements AutoCloseable {
  private final LuaHome home;
  private final PortProject project;
  private final CallJudge judge;
  private @Nullable LuaReplay opened;

  /** The ground of this port's module, whose known differences pass. */
  public Ground(BanyanConfig config, LuaHome home, PortProject project) {
    ModuleConfig configured = config.modules().get(project.module());
    this.home = home;
    this.project = project;
    this.judge =
        new CallJudge(
            configured == null ? List.of() : configured.parityRules(),
            Redactor.withFreshKey(config.parity().secretNames(), config.parity().bodies()),
            LocalDate.now(ZoneOffset.UTC));
  }

  /**
   * Makes a Lua machine and a port that have seen no call; the former machine is closed.
   *
   * @param calls those that will be given, which tell what of a request is read
   */
  public Supplier<BothSides> fresh(List<RecordedCall> calls) {
    return () -> sides(calls);
  }

  /**
   * Makes them.
   *
   * @throws CannotReplay when the module can't be loaded
   */
  private BothSides sides(List<RecordedCall> calls) {
    close();
    LuaReplay lua = LuaReplay.open(home, project.module(), calls, 1);
    opened = lua;
    return new BothSides(lua, new PortReplay(project.load()), judge);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
