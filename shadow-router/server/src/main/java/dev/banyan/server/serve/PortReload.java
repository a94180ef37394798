package dev.banyan.server.serve;

import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.PortDefect;
import dev.banyan.nginx.NginxConf;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Sides;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.check.PipelineCheck;
import dev.banyan.server.check.RetiredCheck;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigInForce;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.flags.FlagStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the ports while requests are served: those under way finish on the ports that they began
 * with.
 */
final class PortReload {
  private static final Logger LOG = LoggerFactory.getLogger(PortReload.class);

  private final ConfigInForce config;
  private final InstalledPorts installed;
  private final FlagStore flags;
  private final ParityBook parity;
  private final PipelinesInForce pipelines;
  private final ConfSource source;
  private final RetiredModules retired;

  PortReload(
      ConfigInForce config,
      ConfSource source,
      RetiredModules retired,
      InstalledPorts installed,
      FlagStore flags,
      ParityBook parity,
      PipelinesInForce pipelines) {
    this.config = config;
    this.installed = installed;
    this.flags = flags;
    this.parity = parity;
    this.pipelines = pipelines;
    this.source = source;
    this.retired = retired;
  }

  /**
   * Which flags are accepted with these ports.
   *
   * @param retired modules that have no Lua file
   */
  static FlagPolicy policy(BanyanConfig config, ModuleHost host, Set<String> retired) {
    Map<String, ModulePolicy> policies = new TreeMap<>();
    for (ModuleConfig module : config.modules().values()) {
      policies.put(
          module.name(),
          new ModulePolicy(
              module.name(), module.stickyKeys(), sides(module.name(), host, retired)));
    }
    return new FlagPolicy(policies, config.tenantVariable());
  }

  private static Sides sides(String module, ModuleHost host, Set<String> retired) {
    if (retired.contains(module)) {
      return Sides.JAVA;
    }
    return host.port(module) == null ? Sides.LUA : Sides.BOTH;
  }

  /**
   * Loads the jars and the pipeline anew and puts them in force, then has the legacy's modules
   * loaded anew.
   *
   * @param conf the nginx.conf that is about to be put in force
   * @param modules loads the legacy's modules; when it fails the former ports come back
   * @throws ConfigException when a jar can't be used; everything stays as it was
   */
  synchronized void reload(NginxConf conf, Runnable modules) {
    ModuleHost former = installed.current();
    List<PipelineRule> formerRules = pipelines.rules();
    BanyanConfig before = config.get();
    BanyanConfig now = before.anew();
    ModuleHost next = ConfigCheck.host(now);
    PipelineCheck.require(now, conf, next);
    Set<String> without = RetiredCheck.require(now, source, next, flags.current());
    List<String> changed = replace(next);
    Set<String> formerly = retired.replace(without);
    pipelines.replace(now.pipeline());
    try {
      modules.run();
    } catch (ConfigException e) {
      installed.restore(former);
      pipelines.replace(formerRules);
      retired.replace(formerly);
      throw e;
    }
    admit(before, now);
    flags.policy(policy(now, next, without));
    if (!changed.isEmpty() || !formerRules.equals(now.pipeline())) {
      parity.path().restartParity();
    }
    for (String module : changed) {
      ModuleParity page = parity.module(module);
      if (page != null) {
        page.restartParity();
      }
      LOG.info("the port of {} was replaced or removed", module);
    }
  }

  /** Puts modules in force that weren't listed before. */
  private void admit(BanyanConfig before, BanyanConfig now) {
    for (ModuleConfig module : now.modules().values()) {
      if (!before.modules().containsKey(module.name())) {
        parity.add(module.name(), module.parityRules());
        flags.add(module.initial());
        LOG.info("module {} is new in {}", module.name(), now.file());
      }
    }
    config.replace(now);
  }

  private List<String> replace(ModuleHost next) {
    try {
      return installed.replace(next);
    } catch (PortDefect e) {
      throw new ConfigException(
          List.of(new ConfigProblem(config.get().file(), 0, String.valueOf(e.getMessage()))));
    }
  }
}
