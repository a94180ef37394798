package dev.banyan.vectors.spoil;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What stands in the place of a good value, by what it is. */
final class BadValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Longer than any header that nginx takes by default. */
  private static final int LONG = 64 * 1024;

  private static final int MANY = 2_000;
  private static final long PAST_DOUBLES = (1L << 53) + 2;

  private BadValues() {}

  /** Values of another form or type. */
  static Map<String, JsonNode> malformed(JsonNode good) {
    Map<String, JsonNode> bad = new LinkedHashMap<>();
    if (good.isString()) {
      texts(good.asString(), bad);
    } else if (good.isNumber()) {
      numbers(bad);
    } else if (good.isBoolean()) {
      bad.put("the other truth", NODES.booleanNode(!good.asBoolean()));
      bad.put("a text", NODES.stringNode("true"));
    } else if (good.isContainer()) {
      bad.put("a text", NODES.stringNode("x"));
      bad.put("a number", NODES.numberNode(7));
      bad.put("an empty table", NODES.objectNode());
    }
    return bad;
  }

  private static void texts(String good, Map<String, JsonNode> bad) {
    bad.put("an empty text", NODES.stringNode(""));
    bad.put("a space", NODES.stringNode(" "));
    bad.put("a NUL within", NODES.stringNode(good + "\0" + good));
    bad.put("no UTF-8", NODES.stringNode("\u00ff\u00fe" + good));
    bad.put("a broken escape", NODES.stringNode(good + "%zz%"));
    bad.put("a new line within", NODES.stringNode(good + "\r\nx: y"));
    bad.put("half of it", NODES.stringNode(good.substring(0, good.length() / 2)));
    bad.put("twice", NODES.stringNode(good + good));
    bad.put("upper case", NODES.stringNode(good.toUpperCase(java.util.Locale.ROOT)));
    bad.put("open brackets", NODES.stringNode("[({\"" + good));
    bad.put("pattern's marks", NODES.stringNode("%d+(.-)*[^]$" + good));
    bad.put("a negative number", NODES.stringNode("-1"));
    bad.put("no number", NODES.stringNode("nan"));
    bad.put("a hex number", NODES.stringNode("0x10"));
  }

  private static void numbers(Map<String, JsonNode> bad) {
    bad.put("0", NODES.numberNode(0));
    bad.put("-1", NODES.numberNode(-1));
    bad.put("half", NODES.numberNode(0.5));
    bad.put("no number", nan());
    bad.put("a text", NODES.stringNode("x"));
    bad.put("a number as text", NODES.stringNode("7"));
  }

  private static JsonNode nan() {
    return NODES.objectNode().put("#number", "NaN");
  }

  /** Values that are too large. */
  static Map<String, JsonNode> oversized(JsonNode good) {
    Map<String, JsonNode> bad = new LinkedHashMap<>();
    if (good.isString()) {
      bad.put("64 k of one letter", NODES.stringNode("x".repeat(LONG)));
      String seed = good.asString().isEmpty() ? "ab " : good.asString();
      bad.put("64 k of itself", NODES.stringNode(seed.repeat(LONG / seed.length() + 1)));
    } else if (good.isNumber()) {
      bad.put("past what doubles count", NODES.numberNode(PAST_DOUBLES));
      bad.put("1e308", NODES.numberNode(1e308));
      bad.put("-1e308", NODES.numberNode(-1e308));
    } else if (good instanceof ArrayNode list) {
      ArrayNode many = NODES.arrayNode();
      JsonNode item = list.isEmpty() ? NODES.stringNode("x") : list.path(0);
      for (int i = 0; i < MANY; i++) {
        many.add(item.deepCopy());
      }
      bad.put(MANY + " items", many);
    }
    return bad;
  }
}
