package dev.banyan.server.serve;

import dev.banyan.api.Mode;
import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayException;
import dev.banyan.host.CallGuards;
import dev.banyan.router.flags.FlagChange;
import dev.banyan.router.flags.FlagRefused;
import dev.banyan.server.flags.FlagStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: what follows when calls of ports overrun. Each is told; one that still holds its
 * worker puts its module at Lua for everyone, audited, and has a fresh worker take the place of its
 * own.
 */
final class Overruns implements CallGuards.Alarm {
  /** Who the audit log names. */
  static final String WHO = "banyan";

  private static final Logger LOG = LoggerFactory.getLogger(Overruns.class);

  private final CallGuards.Alarm teller;
  private final FlagStore flags;
  private final AtomicReference<@Nullable Gateway> gateway = new AtomicReference<>();

  Overruns(CallGuards.Alarm teller, FlagStore flags) {
    this.teller = teller;
    this.flags = flags;
  }

  /** Whose workers are replaced, once it serves. */
  void serve(Gateway serving) {
    gateway.set(serving);
  }

  @Override
  public void overran(
      String module, String function, Duration took, List<StackTraceElement> stack) {
    teller.overran(module, function, took, stack);
  }

  @Override
  public void holds(String module, String function, Thread worker) {
    try {
      replace(module, function, worker); // its breaker keeps calls away meanwhile
    } finally {
      toLua(module, function);
    }
  }

  private void toLua(String module, String function) {
    if (flags.current().flag(module).mode() == Mode.LUA) {
      return;
    }
    try {
      flags.change(
          FlagChange.rollback(
              module, WHO, "a call of " + function + " overran its deadline and held its worker"));
    } catch (FlagRefused e) {
      LOG.error("{} can't be put at lua: its breaker keeps calls away for a while", module, e);
    }
  }

  private void replace(String module, String function, Thread worker) {
    Gateway serving = gateway.get();
    if (serving == null) {
      return;
    }
    try {
      if (serving.replaceWorker(worker)) {
        LOG.warn(
            "{} is held by {}.{}: a fresh worker takes its new connections, and it ends when the"
                + " call returns",
            worker.getName(),
            module,
            function);
      } else {
        LOG.error("{} is held by {}.{} and not replaced", worker.getName(), module, function);
      }
    } catch (GatewayException e) {
      LOG.error("{} is held by {}.{}; no fresh worker", worker.getName(), module, function, e);
    }
  }
}
