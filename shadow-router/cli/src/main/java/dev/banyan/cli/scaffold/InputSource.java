package dev.banyan.cli.scaffold;

import dev.banyan.api.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Owned by one function's writing: the components of its input record. */
final class InputSource {
  private final LearnedFunction function;
  private final Set<String> api;
  private final List<String> components = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private InputSource(LearnedFunction function, Set<String> api) {
    this.function = function;
    this.api = api;
  }

  /**
   * The components.
   *
   * @param api the functions of {@code ngx.*} that the module uses
   */
  static List<String> of(LearnedFunction function, Set<String> api) {
    InputSource source = new InputSource(function, api);
    source.context();
    source.variables();
    if (function.isHandler()) {
      source.request();
      source.response();
    }
    return source.components;
  }

  private void add(String annotation, String type, String name) {
    if (names.add(name)) {
      components.add(annotation + " " + type + " " + name);
    }
  }

  /** Each place that the text names, tables included: what is handed on may be read elsewhere. */
  private void context() {
    for (Map.Entry<String, JsonNode> place : function.reads("ctx")) {
      String type = JavaType.ofContext(place.getValue());
      add("@Ctx(\"" + place.getKey() + "\")", type, PortNames.variable(place.getKey()));
    }
  }

  private void variables() {
    for (Map.Entry<String, JsonNode> place : function.reads("var")) {
      String name = place.getKey();
      switch (name) {
        case "uri" -> add("@Path", "String", "path");
        case "request_uri" -> add("@RawTarget", "String", "target");
        case "request_method" -> add("@RequestMethod", "String", "method");
        default -> variable(name);
      }
    }
  }

  private void variable(String name) {
    if (name.startsWith("cookie_")) {
      String cookie = name.substring("cookie_".length());
      add("@Cookie(\"" + cookie + "\")", "@Nullable String", PortNames.variable(name));
    } else if (name.startsWith("arg_")) {
      String arg = name.substring("arg_".length());
      add("@Arg(\"" + arg + "\")", "@Nullable String", PortNames.variable(name));
    } else {
      add("@Var(\"" + name + "\")", "@Nullable String", PortNames.variable(name));
    }
  }

  private void request() {
    if (api.contains("ngx.req.get_headers")) {
      add("@AllHeaders", "Headers", "headers");
    }
    if (api.contains("ngx.req.get_uri_args")) {
      add("@QueryArgs", "Arguments", "arguments");
    }
    if (api.contains("ngx.req.get_method")) {
      add("@RequestMethod", "String", "method");
    }
    if (api.contains("ngx.req.get_body_data") || api.contains("ngx.req.get_post_args")) {
      add("@Body", "byte @Nullable []", "body");
    }
  }

  private void response() {
    List<Phase> phases = function.phases();
    if (phases.contains(Phase.BODY_FILTER)) {
      add("@Chunk", "byte[]", "chunk");
      add("@LastChunk", "boolean", "last");
    }
    if (phases.contains(Phase.HEADER_FILTER) || phases.contains(Phase.LOG)) {
      add("@ResponseStatus", "int", "status");
      add("@AllResponseHeaders", "Headers", "responseHeaders");
    }
    if (phases.contains(Phase.BALANCER)) {
      add("@LastFailure", "@Nullable PeerFailure", "failure");
    }
  }
}
