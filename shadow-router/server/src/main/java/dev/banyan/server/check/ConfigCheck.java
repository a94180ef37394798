package dev.banyan.server.check;

import dev.banyan.api.Mode;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.PortDefect;
import dev.banyan.nginx.CheckResult;
import dev.banyan.nginx.NginxConf;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.parity.ParityRule;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.server.serve.PidFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a configuration: the file, the legacy, the ports. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /** What is wrong with a {@code banyan.yaml} and with everything that it names. */
  public static Findings of(Path file, String directives) {
    BanyanConfig config;
    try {
      config = BanyanConfig.load(file);
    } catch (ConfigException e) {
      return new Findings(e.problems(), List.of());
    }
    List<ConfigProblem> problems = new ArrayList<>();
    ModuleHost host = ModuleHost.empty();
    try {
      host = host(config);
      problems.addAll(PipelineCheck.ports(config, host));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    ConfSource source = source(config, directives);
    try {
      problems.addAll(RetiredCheck.of(config, source, host, flags(config)).problems());
    } catch (ConfigException e) {
      // the check of the file tells what is wrong with it
    } catch (IllegalStateException | UncheckedIOException e) {
      problems.add(new ConfigProblem(config.file(), 0, String.valueOf(e.getMessage())));
    }
    return legacy(source, config, problems);
  }

  /** What is wrong with an nginx.conf alone and with its Lua. */
  public static Findings of(ConfSource source) {
    return legacy(source, null, new ArrayList<>());
  }

  /**
   * The nginx.conf that a {@code banyan.yaml} names.
   *
   * @param directives what {@code -g} puts before it
   * @throws ConfigException when the file can't be used
   */
  public static ConfSource source(Path file, String directives) {
    return source(BanyanConfig.load(file), directives);
  }

  private static ConfSource source(BanyanConfig config, String directives) {
    return new ConfSource(config.conf(), config.prefix(), directives);
  }

  /**
   * The flags that a start would find.
   *
   * @throws IllegalStateException when their file is damaged
   * @throws UncheckedIOException when it can't be read
   */
  private static FlagSnapshot flags(BanyanConfig config) {
    return FlagStore.stored(
        config.stateDir(), config.modules().values().stream().map(ModuleConfig::initial).toList());
  }

  /**
   * The modules of a {@code banyan.yaml} whose ports stand for them, because their Lua is gone.
   *
   * @throws ConfigException when it can't be used, or such a module still needs its Lua
   */
  public static Set<String> retired(Path file, String directives) {
    BanyanConfig config = BanyanConfig.load(file);
    return RetiredCheck.require(config, source(config, directives), host(config), flags(config));
  }

  private static Findings legacy(
      ConfSource source, @Nullable BanyanConfig config, List<ConfigProblem> problems) {
    CheckResult result = source.check();
    problems.addAll(ConfSource.problems(result.errors()));
    LuaCheck check;
    try {
      check = new LuaCheck(LegacyLua.of(source.syntax(), source.prefix()));
    } catch (ConfigException e) {
      return new Findings(problems, List.of()); // The check of the file told it.
    }
    Findings lua = check.all();
    problems.addAll(lua.problems());
    NginxConf conf = result.conf();
    if (conf != null && config != null) {
      problems.addAll(PipelineCheck.handlers(config, conf));
    }
    if (conf != null && !PidFile.isServed(conf)) {
      problems.addAll(AddressCheck.of(conf));
    }
    List<ConfigProblem> warnings = new ArrayList<>(lua.warnings());
    if (conf != null && config != null) {
      warnings.addAll(VariableCheck.of(config, conf));
    }
    if (config != null) {
      warnings.addAll(expiredRules(config, LocalDate.now(ZoneOffset.UTC)));
    }
    return new Findings(problems, warnings);
  }

  /**
   * The parity rules that count no more. They are no problems: a day that passes must not keep an
   * edge from starting; what they hid shows again as mismatches.
   */
  public static List<ConfigProblem> expiredRules(BanyanConfig config, LocalDate today) {
    List<ConfigProblem> expired = new ArrayList<>();
    for (ModuleConfig module : config.modules().values()) {
      expired(config, module.name(), module.parityRules(), today, expired);
    }
    expired(config, "the whole path", config.parity().pathRules(), today, expired);
    return expired;
  }

  private static void expired(
      BanyanConfig config,
      String whose,
      List<ParityRule> rules,
      LocalDate today,
      List<ConfigProblem> expired) {
    for (ParityRule rule : rules) {
      if (rule.expired(today)) {
        expired.add(
            new ConfigProblem(
                config.file(),
                rule.line(),
                "parity rule of "
                    + whose
                    + " for "
                    + rule.at()
                    + " expired on "
                    + rule.until()
                    + " and hides nothing any more: remove it, or look again and give it a later"
                    + " day"));
      }
    }
  }

  /**
   * The ports of a configuration, each for a module that it lists.
   *
   * @throws ConfigException with what is wrong
   */
  public static ModuleHost host(BanyanConfig config) {
    ModuleHost host;
    try {
      host = ModuleHost.load(config.ports());
    } catch (PortDefect e) {
      throw new ConfigException(
          List.of(new ConfigProblem(config.file(), 0, String.valueOf(e.getMessage()))));
    }
    List<ConfigProblem> problems = new ArrayList<>();
    for (BoundPort port : host.ports()) {
      if (!config.modules().containsKey(port.module())) {
        problems.add(unlisted(config, port));
      }
    }
    for (ModuleConfig module : config.modules().values()) {
      ConfigProblem problem = unported(config, module, host.port(module.name()));
      if (problem != null) {
        problems.add(problem);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return host;
  }

  private static ConfigProblem unlisted(BanyanConfig config, BoundPort port) {
    return new ConfigProblem(
        config.file(),
        0,
        "port "
            + port.type().getName()
            + " replaces module \""
            + port.module()
            + "\", which \"modules\" doesn't list: add it there, or remove the port");
  }

  private static @Nullable ConfigProblem unported(
      BanyanConfig config, ModuleConfig module, @Nullable BoundPort port) {
    if (port != null || module.initial().mode() == Mode.LUA) {
      return null;
    }
    return new ConfigProblem(
        config.file(),
        module.line(),
        "module \""
            + module.name()
            + "\" has mode "
            + module.initial().mode().label()
            + " but no Java port: list its jar under \"ports\", or set \"mode: lua\"");
  }
}
