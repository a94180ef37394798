package dev.banyan.cli.scaffold;

import dev.banyan.api.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Owned by one writing: the text of a port's class, with everything there but its bodies. */
final class PortSource {
  /** What an unwritten port says; the tests show it for each vector. */
  static final String NOT_WRITTEN = "not written yet";

  private static final String API =
      "AllHeaders AllResponseHeaders Arg Arguments Body Chunk Cookie Ctx Decision Declined Dict Dns"
          + " Function Handler Headers LastChunk LastFailure LuaModule Path PeerFailure Phase Port"
          + " QueryArgs Randomness RawTarget RequestMethod ResponseStatus Results Shared Tcp Timer Udp"
          + " Var View Writes";

  private final PortNames names;
  private final List<LearnedFunction> functions;
  private final Set<String> api = new TreeSet<>();

  PortSource(PortNames names, JsonNode learned) {
    this.names = names;
    this.functions =
        learned.path("functions").properties().stream()
            .map(one -> new LearnedFunction(one.getKey(), one.getValue()))
            .toList();
    learned.path("api").forEach(name -> api.add(name.asString("")));
  }

  List<LearnedFunction> functions() {
    return functions;
  }

  String text() {
    String body = body();
    StringBuilder text = new StringBuilder();
    text.append("package ").append(names.packageName()).append(";\n\n");
    for (String name : API.split(" ")) {
      if (body.matches("(?s).*\\W" + name + "\\W.*")) {
        text.append("import dev.banyan.api.").append(name).append(";\n");
      }
    }
    if (body.contains("Clock ")) {
      text.append("import java.time.Clock;\n");
    }
    if (body.contains("@Nullable")) {
      text.append("import org.jspecify.annotations.Nullable;\n");
    }
    return text.append('\n').append(body).toString();
  }

  private String body() {
    StringBuilder text = new StringBuilder();
    text.append("/** The port of ").append(names.module()).append(". */\n");
    text.append("@LuaModule(\"").append(names.module()).append("\")\n");
    text.append(writes());
    text.append("public final class ").append(names.type()).append(" implements Port {\n");
    text.append(functions.stream().map(this::function).collect(Collectors.joining("\n")));
    text.append(timer());
    return text.append("}\n").toString();
  }

  private String writes() {
    List<String> members = new ArrayList<>();
    member(members, "ctx", "ctx");
    member(members, "vars", "var");
    member(members, "requestHeaders", "request header");
    member(members, "responseHeaders", "response header");
    flag(members, "uri", "uri", "args");
    flag(members, "status", "status");
    flag(members, "chunk", "chunk");
    flag(members, "peer", "peer", "more tries");
    if (makesTimers()) {
      members.add("timers = \"later\"");
    }
    return members.isEmpty() ? "" : "@Writes(\n    " + String.join(",\n    ", members) + ")\n";
  }

  private boolean makesTimers() {
    return functions.stream().anyMatch(function -> function.writesAny("timer"));
  }

  /** One for all that the module gives to {@code ngx.timer.at}: what they are is in the Lua. */
  private String timer() {
    return makesTimers()
        ? """

          /** What the module gives to {@code ngx.timer.at}, asked for by {@code later}. */
          @Timer("later")
          public void later(boolean premature) {
            throw new Declined("%s");
          }
        """
            .formatted(NOT_WRITTEN)
        : "";
  }

  private void member(List<String> members, String name, String kind) {
    Set<String> all = new TreeSet<>();
    functions.forEach(function -> all.addAll(function.writes(kind)));
    if (!all.isEmpty()) {
      members.add(name + " = " + quoted(all));
    }
  }

  private void flag(List<String> members, String name, String... places) {
    if (functions.stream().anyMatch(function -> function.writesAny(places))) {
      members.add(name + " = true");
    }
  }

  private static String quoted(Collection<String> names) {
    return names.stream()
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String function(LearnedFunction function) {
    List<String> components = InputSource.of(function, api);
    String input = PortNames.capital(PortNames.variable(function.name())) + "Input";
    List<String> parameters = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    if (!components.isEmpty()) {
      text.append("  /** What {@code ").append(function.name()).append("} reads. */\n");
      text.append("  public record ").append(input).append("(\n      ");
      text.append(String.join(",\n      ", components)).append(") {}\n\n");
      parameters.add(input + " in");
    }
    parameters.addAll(function.parameters());
    parameters.addAll(doors(function));
    text.append("  /** Replaces {@code ").append(function.name()).append("}. */\n");
    text.append(
        function.isHandler() ? handler(function) : "  @Function(\"" + function.name() + "\")\n");
    text.append("  public ").append(function.isHandler() ? "Decision" : function.result());
    text.append(' ').append(PortNames.variable(function.name())).append('(');
    text.append(String.join(", ", parameters)).append(") {\n");
    text.append(
        function.isHandler()
            ? "    return Decision.decline(\"" + NOT_WRITTEN + "\");\n"
            : "    throw new Declined(\"" + NOT_WRITTEN + "\");\n");
    return text.append("  }\n").toString();
  }

  private static String handler(LearnedFunction function) {
    List<String> phases =
        function.phases().stream().map(Phase::name).map(name -> "Phase." + name).toList();
    String value = phases.size() == 1 ? phases.getFirst() : "{" + String.join(", ", phases) + "}";
    return "  @Handler(value = \"" + function.name() + "\", phase = " + value + ")\n";
  }

  private static List<String> doors(LearnedFunction function) {
    List<String> doors = new ArrayList<>();
    if (function.asks("time")) {
      doors.add("Clock clock");
    }
    if (function.asks("random number")) {
      doors.add("Randomness randomness");
    }
    for (String dict : function.dicts()) {
      doors.add("@Shared(\"" + dict + "\") Dict " + PortNames.variable(dict));
    }
    function
        .tree()
        .path("world")
        .properties()
        .forEach(one -> {
          if (one.getKey().startsWith("tcp ") && !doors.contains("Tcp tcp")) {
            doors.add("Tcp tcp");
          } else if (one.getKey().startsWith("udp ") && !doors.contains("Udp udp")) {
            doors.add("Udp udp");
          } else if (one.getKey().startsWith("name ") && !doors.contains("Dns dns")) {
            doors.add("Dns dns");
          }
        });
    return doors;
  }
}
