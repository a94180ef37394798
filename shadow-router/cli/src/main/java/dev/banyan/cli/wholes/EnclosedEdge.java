package dev.banyan.cli.wholes;

import dev.banyan.api.Way;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.run.DuelOptions;
import dev.banyan.duel.run.Solo;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import dev.banyan.gateway.Enclosure;
import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.gateway.path.NewPath;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.gateway.seam.SeamEvents;
import dev.banyan.gateway.seam.ShadowOptions;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.InstalledPorts;
import dev.banyan.nginx.Listener;
import dev.banyan.nginx.NginxConf;
import dev.banyan.router.parity.CallJudge;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.config.BanyanConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Immutable: an edge's configuration and ports, from which enclosed edges are made. */
public final class EnclosedEdge {
  private static final String LOOPBACK = "127.0.0.1";

  private final BanyanConfig config;
  private final NginxConf conf;
  private final Set<String> retired;

  /**
   * Of this edge.
   *
   * @param retired modules without a Lua file, which Java answers here too
   */
  public EnclosedEdge(BanyanConfig config, NginxConf conf, Set<String> retired) {
    this.config = config;
    this.conf = conf;
    this.retired = Set.copyOf(retired);
  }

  /**
   * Starts one in which nobody has asked anything yet.
   *
   * @throws IOException when there is no free port
   */
  public BothPaths start(KeptRequest request) throws IOException {
    KeptWorld world = new KeptWorld(request.world());
    RecordingOrigin origin = RecordingOrigin.start(LOOPBACK, List.of(0), DuelOptions.MARK);
    Enclosure enclosure = new Enclosure(new InetSocketAddress(LOOPBACK, origin.ports().getFirst()));
    Followed followed = new Followed();
    Gateway gateway =
        Gateway.start(
            conf,
            GatewayOptions.defaults()
                .withWorkers(1)
                .withClock(world.clock())
                .withSeam(seam())
                .withPath(
                    new NewPath(
                        one -> Pipelines.of(config.pipeline(), one.http()), _ -> {}, followed))
                .withEnclosure(enclosure));
    Solo client = new Solo(target(gateway, world), ClientOptions.DEFAULT, origin);
    return new BothPaths(gateway, enclosure, origin, client, followed, world, judge());
  }

  /** All is Lua's, but what has no Lua any more. */
  private HostSeam seam() {
    return new HostSeam(
        new InstalledPorts(ConfigCheck.host(config)),
        () -> (module, _) -> retired.contains(module) ? Way.JAVA : Way.LUA,
        new CallGuards(_ -> CallRules.DEFAULT, System::nanoTime, (_, _, _, _) -> {}),
        SeamEvents.NONE,
        retired::contains,
        ShadowOptions.PLAIN);
  }

  private CallJudge judge() {
    return new CallJudge(
        config.parity().pathRules(),
        Redactor.withFreshKey(config.parity().secretNames(), config.parity().bodies()),
        LocalDate.now(ZoneOffset.UTC));
  }

  /** The listener that received the request: by address and port, else by port, else the first. */
  private Target target(Gateway gateway, KeptWorld world) {
    InetSocketAddress server = world.server();
    List<Listener> all = conf.http().listeners();
    int chosen = 0;
    for (int i = all.size() - 1; i >= 0 && server != null; i--) {
      var address = all.get(i).listen().address();
      boolean samePort = address.port() == server.getPort();
      if (samePort && (all.get(i).listen().wildcard() || chosen == 0)) {
        chosen = i;
      }
      if (samePort && address.host().equals(server.getAddress().getHostAddress())) {
        chosen = i;
        break;
      }
    }
    Target.Scheme scheme = world.tls() ? Target.Scheme.HTTPS : Target.Scheme.HTTP;
    return new Target("edge", scheme, LOOPBACK, gateway.addresses().get(chosen).getPort());
  }
}
