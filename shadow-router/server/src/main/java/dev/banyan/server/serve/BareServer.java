package dev.banyan.server.serve;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayException;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.nginx.NginxConf;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For any thread: an nginx.conf alone, all in Lua, without flags and without an admin listener. */
public final class BareServer implements Serving {
  private final ConfSource source;
  private final Gateway gateway;
  private final @Nullable PidFile pidFile;

  private BareServer(ConfSource source, Gateway gateway, @Nullable PidFile pidFile) {
    this.source = source;
    this.gateway = gateway;
    this.pidFile = pidFile;
  }

  /**
   * Starts serving.
   *
   * @throws ConfigException when the configuration can't be used
   */
  public static BareServer start(ConfSource source) {
    return start(source, Predecessor.none(), null);
  }

  /**
   * Starts serving in the place of another.
   *
   * @param idleTask as {@link GatewayOptions#idleTask}
   * @throws ConfigException when the configuration can't be used
   */
  public static BareServer start(
      ConfSource source, Predecessor former, @Nullable Runnable idleTask) {
    NginxConf conf = source.load();
    PidFile pidFile = PidFile.claim(source, conf);
    try {
      Gateway gateway =
          Gateway.start(
              conf,
              GatewayOptions.defaults().withInherited(former.sockets()).withIdleTask(idleTask));
      try {
        former.awaitLettingGo();
        gateway.accept();
        if (pidFile != null) {
          pidFile.write();
        }
        former.serving();
        return new BareServer(source, gateway, pidFile);
      } catch (GatewayException e) {
        gateway.close();
        throw e;
      }
    } catch (GatewayException e) {
      throw unusable(source, e);
    }
  }

  @Override
  public void reload() {
    try {
      gateway.reload(source.load());
    } catch (GatewayException e) {
      throw unusable(source, e);
    }
  }

  static ConfigException unusable(ConfSource source, GatewayException cause) {
    String oneLine =
        String.valueOf(cause.getMessage())
            .lines()
            .map(String::strip)
            .collect(Collectors.joining("; "));
    return new ConfigException(List.of(new ConfigProblem(source.conf(), 0, oneLine)));
  }

  @Override
  public void reopenLogs() {
    gateway.reopenLogs();
  }

  @Override
  public void stop(Duration patience) {
    gateway.stop(patience);
    if (pidFile != null) {
      pidFile.remove();
    }
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return gateway.addresses();
  }

  @Override
  public String eventMethod() {
    return gateway.eventMethod();
  }

  @Override
  public List<Integer> descriptors() {
    try {
      return gateway.descriptors();
    } catch (GatewayException e) {
      throw unusable(source, e);
    }
  }

  @Override
  public void letGo() {
    if (pidFile != null) {
      pidFile.putAside();
    }
  }

  @Override
  public void takeBack() {
    if (pidFile != null) {
      pidFile.takeBack();
    }
  }

  @Override
  public void leave(Duration patience) {
    gateway.leave(patience);
    if (pidFile != null) {
      pidFile.remove();
    }
  }
}
