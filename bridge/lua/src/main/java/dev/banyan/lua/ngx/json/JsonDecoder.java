package dev.banyan.lua.ngx.json;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Reads one JSON text into Lua values, with lua-cjson's leniencies and its errors. */
final class JsonDecoder {
  private final JsonConfig config;
  private final ArrayMarks marks;
  private final JsonScanner scanner;
  private int depth;

  JsonDecoder(JsonConfig config, ArrayMarks marks, LuaString text) {
    this.config = config;
    this.marks = marks;
    this.scanner = new JsonScanner(text, config.decodeInvalid);
  }

  LuaValue decode() {
    if (scanner.isWide()) {
      throw LuaErrors.raise("JSON parser does not support UTF-16 or UTF-32");
    }
    scanner.advance();
    LuaValue value = value();
    scanner.advance();
    if (scanner.token != JsonScanner.Token.T_END) {
      throw expected("the end");
    }
    return value;
  }

  private LuaError expected(String what) {
    return LuaErrors.raise(
        "Expected "
            + what
            + " but found "
            + scanner.found()
            + " at character "
            + (scanner.position() + 1));
  }

  private LuaValue value() {
    return switch (scanner.token) {
      case T_STRING -> scanner.string();
      case T_NUMBER -> scanner.number();
      case T_TRUE -> LuaValue.TRUE;
      case T_FALSE -> LuaValue.FALSE;
      case T_NULL -> NullPointer.NULL;
      case T_OBJ_BEGIN -> object();
      case T_ARR_BEGIN -> array();
      case T_OBJ_END, T_ARR_END, T_COLON, T_COMMA, T_END, T_ERROR -> throw expected("value");
    };
  }

  private void descend() {
    depth++;
    if (depth > config.decodeDepth) {
      throw LuaErrors.raise(
          "Found too many nested data structures (" + depth + ") at character " + scanner.next());
    }
  }

  private LuaValue object() {
    descend();
    Table table = new Table();
    scanner.advance();
    if (scanner.token == JsonScanner.Token.T_OBJ_END) {
      depth--;
      return table;
    }
    while (true) {
      if (scanner.token != JsonScanner.Token.T_STRING) {
        throw expected("object key string");
      }
      LuaString key = scanner.string();
      scanner.advance();
      if (scanner.token != JsonScanner.Token.T_COLON) {
        throw expected("colon");
      }
      scanner.advance();
      table.setStr(key, value());
      scanner.advance();
      if (scanner.token == JsonScanner.Token.T_OBJ_END) {
        depth--;
        return table;
      }
      if (scanner.token != JsonScanner.Token.T_COMMA) {
        throw expected("comma or object end");
      }
      scanner.advance();
    }
  }

  private LuaValue array() {
    descend();
    Table table = new Table();
    if (config.decodeArrayMetatable) {
      table.setmetatable(marks.arrayMetatable);
    }
    scanner.advance();
    if (scanner.token == JsonScanner.Token.T_ARR_END) {
      depth--;
      return table;
    }
    for (int i = 1; ; i++) {
      table.setInt(i, value());
      scanner.advance();
      if (scanner.token == JsonScanner.Token.T_ARR_END) {
        depth--;
        return table;
      }
      if (scanner.token != JsonScanner.Token.T_COMMA) {
        throw expected("comma or array end");
      }
      scanner.advance();
    }
  }
}
