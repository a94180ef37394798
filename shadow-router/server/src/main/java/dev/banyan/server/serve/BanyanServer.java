package dev.banyan.server.serve;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayException;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.nginx.NginxConf;
import dev.banyan.server.admin.AdminToken;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.figures.Readiness;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.Learner;
import dev.banyan.server.lines.LiveCoverage;
import dev.banyan.server.progress.ProgressRecorder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: a whole Banyan, that is a gateway with the seam, flags, shadow and admin
 * listener.
 *
 * <p>Ready once the legacy's {@code init_by_lua} and {@code init_worker_by_lua} have run, every
 * port is bound, and all listeners are open.
 */
public final class BanyanServer implements Serving {
  private final ConfSource source;
  private final Gateway gateway;
  private final PortReload ports;
  private final PortWatch portWatch;
  private final Learner learner;
  private final LiveUsage usage;
  private final LiveCoverage coverage;
  private final Observing observing;
  private final AdminPlace admin;
  private final FlagStore flags;
  private final ProgressRecorder progress;
  private final AdminToken token;
  private final Readiness readiness;
  private final Parts listening;
  private final Parts parts;
  private final @Nullable PidFile pidFile;

  private BanyanServer(Assembly assembly, Gateway gateway, Parts listening, Parts parts) {
    this.source = assembly.source();
    this.gateway = gateway;
    this.ports = assembly.ports();
    this.portWatch = assembly.portWatch();
    this.learner = assembly.learner();
    this.usage = assembly.usage();
    this.coverage = assembly.coverage();
    this.observing = assembly.observing();
    this.admin = assembly.admin();
    this.flags = assembly.flags();
    this.progress = assembly.progress();
    this.token = assembly.token();
    this.readiness = assembly.readiness();
    this.listening = listening;
    this.parts = parts;
    this.pidFile = assembly.pidFile();
  }

  /**
   * Starts serving.
   *
   * @throws ConfigException with everything that is wrong; nothing runs then
   */
  public static BanyanServer start(BanyanConfig config) {
    return start(config, Predecessor.none(), null);
  }

  /**
   * Starts serving in the place of another.
   *
   * @param idleTask as {@link GatewayOptions#idleTask}
   * @throws ConfigException with everything that is wrong; nothing runs then
   */
  public static BanyanServer start(
      BanyanConfig config, Predecessor former, @Nullable Runnable idleTask) {
    Parts listening = new Parts();
    Parts parts = new Parts();
    try {
      return start(new Assembly(config, former, listening, parts), idleTask, listening, parts);
    } catch (RuntimeException e) {
      listening.close();
      parts.close();
      throw e;
    }
  }

  /** The parts that hear of the gateway are closed before it, the others behind it. */
  private static BanyanServer start(
      Assembly assembly, @Nullable Runnable idleTask, Parts listening, Parts parts) {
    try {
      Gateway gateway = assembly.start(idleTask);
      BanyanServer server = new BanyanServer(assembly, gateway, listening, parts);
      server.portWatch.start(server::reload);
      return server;
    } catch (GatewayException e) {
      throw BareServer.unusable(assembly.source(), e);
    }
  }

  @Override
  public synchronized void reload() {
    portWatch.reloading();
    NginxConf conf = source.load();
    ports.reload(
        conf,
        () -> {
          try {
            gateway.reload(conf);
          } catch (GatewayException e) {
            throw BareServer.unusable(source, e);
          }
        });
    learner.reloaded();
    usage.reloaded();
    coverage.reloaded();
    observing.reloaded();
  }

  @Override
  public void reopenLogs() {
    gateway.reopenLogs();
  }

  @Override
  public void stop(Duration patience) {
    readiness.unready("stopping");
    portWatch.close();
    listening.close();
    gateway.stop(patience);
    end();
  }

  private void end() {
    parts.close();
    if (pidFile != null) {
      pidFile.remove();
    }
  }

  @Override
  public List<Integer> descriptors() {
    try {
      return gateway.descriptors();
    } catch (GatewayException e) {
      throw BareServer.unusable(source, e);
    }
  }

  @Override
  public synchronized void letGo() {
    admin.close();
    flags.letGo();
    progress.letGo();
    if (pidFile != null) {
      pidFile.putAside();
    }
  }

  @Override
  public synchronized void takeBack() {
    if (pidFile != null) {
      pidFile.takeBack();
    }
    progress.takeBack();
    flags.takeBack();
    admin.openAgain();
  }

  @Override
  public void leave(Duration patience) {
    readiness.unready("handed over");
    portWatch.close();
    listening.close();
    try (FlagFollower _ = FlagFollower.start(flags)) {
      gateway.leave(patience);
    }
    end();
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return gateway.addresses();
  }

  @Override
  public String eventMethod() {
    return gateway.eventMethod();
  }

  /** Where the admin listener is. */
  public InetSocketAddress adminAddress() {
    return admin.address();
  }

  /** What the admin listener wants to be shown. */
  public AdminToken token() {
    return token;
  }
}
