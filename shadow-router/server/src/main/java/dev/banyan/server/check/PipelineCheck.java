package dev.banyan.server.check;

import dev.banyan.api.Phase;
import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.host.BoundFunction;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Owned by one check: holds the declared pipelines to the nginx.conf and to the ports. */
public final class PipelineCheck {
  private final BanyanConfig config;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private PipelineCheck(BanyanConfig config) {
    this.config = config;
  }

  /**
   * Refuses pipelines that can't be.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static void require(BanyanConfig config, NginxConf conf, ModuleHost host) {
    List<ConfigProblem> problems = new ArrayList<>(handlers(config, conf));
    problems.addAll(ports(config, host));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** Rules that name no handler, or several, or one that is taken. */
  static List<ConfigProblem> handlers(BanyanConfig config, NginxConf conf) {
    PipelineCheck check = new PipelineCheck(config);
    for (Pipelines.Problem problem : Pipelines.of(config.pipeline(), conf.http()).problems()) {
      check.problem(problem.rule().line(), problem.message());
    }
    return check.problems;
  }

  /** Calls that no port answers. */
  static List<ConfigProblem> ports(BanyanConfig config, ModuleHost host) {
    PipelineCheck check = new PipelineCheck(config);
    for (PipelineRule rule : config.pipeline()) {
      for (PipelineRule.Call call : rule.calls()) {
        String wrong = check.wrong(rule, call.target(), host.port(call.target().module()));
        if (wrong != null) {
          check.problem(call.line(), "\"calls\": " + call.target() + " " + wrong);
        }
      }
      if (rule.phase() == LuaPhase.SET && rule.calls().size() != 1) {
        check.problem(
            rule.line(), "\"calls\" of set_by_lua must be one function, whose result is set");
      }
    }
    return check.problems;
  }

  private @Nullable String wrong(PipelineRule rule, ModuleCall call, @Nullable BoundPort port) {
    if (!config.modules().containsKey(call.module())) {
      return "is of a module that \"modules\" doesn't list: add " + call.module() + " there";
    }
    if (port == null) {
      return "has no port: list the jar of " + call.module() + " under \"ports\"";
    }
    BoundHandler handler = port.handlers().get(call.function());
    BoundFunction function = port.functions().get(call.function());
    if (handler == null && function == null) {
      return "is nothing that its port answers: expected one of " + answered(port);
    }
    Phase phase = Phase.valueOf(rule.phase().name());
    if (handler != null && !handler.phases().contains(phase)) {
      return "is not answered by its port in " + rule.phase().directive();
    }
    Set<String> fields =
        handler != null ? handler.fields() : function != null ? function.fields() : Set.of();
    return fields.isEmpty()
        ? null
        : "needs Lua: its port reads the fields " + fields + " of the Lua module (@ModuleField)";
  }

  private static Set<String> answered(BoundPort port) {
    Set<String> names = new TreeSet<>(port.handlers().keySet());
    names.addAll(port.functions().keySet());
    return names;
  }

  private void problem(int line, String message) {
    problems.add(new ConfigProblem(config.file(), line, "pipeline: " + message));
  }
}
