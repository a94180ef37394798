package dev.banyan.server.config;

import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.nginx.script.LuaPhase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that reads: the declared pipelines, one for each handler of Lua. */
final class PipelineReader {
  private static final Set<LuaPhase> PHASES = EnumSet.range(LuaPhase.SET, LuaPhase.BALANCER);

  private final YamlSection root;

  PipelineReader(YamlSection root) {
    this.root = root;
  }

  List<PipelineRule> read() {
    List<PipelineRule> rules = new ArrayList<>();
    for (YamlSection section : root.sections("pipeline")) {
      LuaPhase phase = phase(section);
      String server = section.text("server");
      String location = section.text("location");
      String upstream = section.text("upstream");
      String variable = section.text("variable");
      List<PipelineRule.Call> calls = calls(section);
      section.finish();
      if (phase != null) {
        rules.add(
            new PipelineRule(
                phase,
                server,
                location,
                upstream,
                variable(section, phase, variable),
                calls,
                section.line()));
      }
    }
    return rules;
  }

  private static @Nullable LuaPhase phase(YamlSection section) {
    String handler = section.text("handler");
    for (LuaPhase phase : PHASES) {
      if (phase.directive().equals(handler)) {
        return phase;
      }
    }
    String known = PHASES.stream().map(LuaPhase::directive).collect(Collectors.joining(", "));
    if (handler == null) {
      section.problem(section.line(), "\"handler\" is missing: expected " + known);
    } else {
      section.expected("handler", handler, known);
    }
    return null;
  }

  private static @Nullable String variable(
      YamlSection section, LuaPhase phase, @Nullable String written) {
    if (phase != LuaPhase.SET) {
      if (written != null) {
        section.problem(
            section.line("variable"), "\"variable\" goes with set_by_lua only: remove it");
      }
      return null;
    }
    if (written == null || !written.matches("\\$[A-Za-z0-9_]+")) {
      section.problem(
          section.line("variable"),
          "\"variable\" must name what set_by_lua sets, such as $request_uid");
      return null;
    }
    return written.substring(1);
  }

  private static List<PipelineRule.Call> calls(YamlSection section) {
    if (section.isMissing("calls")) {
      section.problem(
          section.line(), "\"calls\" is missing: list MODULE.FUNCTION in order, or [] for none");
    }
    List<PipelineRule.Call> calls = new ArrayList<>();
    for (YamlSection.Item item : section.items("calls")) {
      try {
        calls.add(new PipelineRule.Call(ModuleCall.parse(item.text()), item.line()));
      } catch (IllegalArgumentException e) {
        section.problem(item.line(), String.valueOf(e.getMessage()));
      }
    }
    return calls;
  }
}
