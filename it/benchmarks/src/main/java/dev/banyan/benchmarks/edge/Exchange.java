package dev.banyan.benchmarks.edge;

import dev.banyan.lua.LuaText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** Immutable: a request and its answer as Lua values, made once so that runs don't measure it. */
record Exchange(
    Map<LuaValue, LuaValue> variables,
    Map<LuaValue, LuaValue> requestHeaders,
    Map<LuaValue, LuaValue> answer,
    List<LuaValue> arguments,
    List<LuaValue> pieces,
    LuaValue body) {

  /** The variables of a request before a handler ran. */
  static Map<String, String> variables(EdgeRequest request) {
    Map<String, String> variables = new HashMap<>();
    variables.put("request_method", request.method());
    variables.put("host", request.host());
    variables.put("uri", request.path());
    variables.put("request_uri", request.target());
    variables.put("remote_addr", "127.0.0.1");
    variables.put("status", "200");
    variables.put("body_bytes_sent", "1234");
    variables.put("upstream_status", "200");
    variables.put("edge_action", "pass");
    variables.put("waf_score", "0");
    for (String name : List.of("tenant_id", "tenant_tier", "bot_class", "auth_user", "cache_key")) {
      variables.put(name, "");
    }
    if (!request.args().isEmpty()) {
      variables.put("args", request.args());
    }
    request
        .headers()
        .forEach((name, value) -> {
          variables.put("http_" + name.replace('-', '_'), value);
          if (name.equals("cookie")) {
            int equals = value.indexOf('=');
            variables.put("cookie_" + value.substring(0, equals), value.substring(equals + 1));
          }
        });
    return variables;
  }

  static Exchange of(EdgeRequest request) {
    Map<LuaValue, LuaValue> variables = new HashMap<>();
    variables(request).forEach((name, value) -> put(variables, name, value));
    Map<LuaValue, LuaValue> headers = new HashMap<>();
    request.headers().forEach((name, value) -> put(headers, name, value));
    Map<LuaValue, LuaValue> answer = new HashMap<>();
    request.answer().forEach((name, value) -> put(answer, name, value));
    List<LuaValue> pieces = new ArrayList<>();
    request.pieces().forEach(piece -> pieces.add(LuaText.of(piece)));
    return new Exchange(
        variables,
        headers,
        answer,
        arguments(request.args()),
        pieces,
        request.body().isEmpty() ? LuaValue.NIL : LuaText.of(request.body()));
  }

  private static void put(Map<LuaValue, LuaValue> map, String name, String value) {
    map.put(LuaText.of(name), LuaText.of(value));
  }

  /** Names and values in turn. */
  static List<LuaValue> arguments(String raw) {
    List<LuaValue> list = new ArrayList<>();
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      list.add(LuaText.of(pair.substring(0, equals)));
      list.add(LuaText.of(pair.substring(equals + 1).replace('+', ' ')));
    }
    return list;
  }
}
