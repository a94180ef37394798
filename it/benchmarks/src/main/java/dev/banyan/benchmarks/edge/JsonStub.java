package dev.banyan.benchmarks.edge;

import dev.banyan.lua.LuaText;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code cjson.safe} as far as start-up needs it. */
final class JsonStub {
  private final Engine engine;
  private final ObjectMapper mapper = new ObjectMapper();

  JsonStub(Engine engine) {
    this.engine = engine;
  }

  LuaTable table() {
    LuaTable cjson = engine.newTable();
    cjson.set("decode", new Native(args -> value(mapper.readTree(LuaText.bytes(args.arg1())))));
    return cjson;
  }

  private LuaValue value(JsonNode node) {
    if (node.isObject()) {
      LuaTable table = engine.newTable();
      node.properties().forEach(e -> table.set(LuaText.of(e.getKey()), value(e.getValue())));
      return table;
    }
    if (node.isArray()) {
      LuaTable table = engine.newTable();
      for (int i = 0; i < node.size(); i++) {
        table.set(i + 1, value(node.get(i)));
      }
      return table;
    }
    if (node.isNumber()) {
      return LuaValue.valueOf(node.doubleValue());
    }
    return node.isBoolean() ? LuaValue.valueOf(node.booleanValue()) : LuaText.of(node.asString());
  }
}
