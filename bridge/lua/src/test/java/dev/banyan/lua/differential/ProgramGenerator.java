package dev.banyan.lua.differential;

import java.util.Random;

/** Writes random programs that always end: loops are bounded, calls don't recurse. */
final class ProgramGenerator {
  private static final String[] NAMES = {"a", "b", "c", "d", "t", "u", "s"};
  private static final String[] LITERALS = {
    "nil",
    "true",
    "false",
    "0",
    "1",
    "2",
    "-3",
    "0.5",
    "1e3",
    "2^31",
    "'x'",
    "'10'",
    "''",
    "{}",
    "{1, 2, 3}",
    "{x = 1, y = 'z'}"
  };
  private static final String[] BINARY = {
    "+", "-", "*", "/", "%", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "^"
  };
  private static final String[] CALLS = {
    "tostring(%s)",
    "type(%s)",
    "tonumber(%s)",
    "#(%s)",
    "select('#', %s)",
    "pcall(error, %s)",
    "string.rep(tostring(%s), 2)",
    "math.floor(%s)",
    "string.format('%%s', tostring(%s))",
    "string.byte(%s)",
    "table.concat(%s)",
    "unpack(%s)",
    "next(%s)",
    "rawlen(%s)",
    "(%s):upper()",
    "string.find(%s, 'x')",
    "math.max(1, %s)",
    "bit.band(%s, 255)",
    "(%s).x",
    "(%s)[1]"
  };

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private int budget;

  ProgramGenerator(long seed) {
    random = new Random(seed);
  }

  String program() {
    budget = 12 + random.nextInt(25);
    out.append("local a, b, c, d, t, u, s = 1, 'two', {3}, nil, {x = 5}, 0.25, 'str'\n");
    out.append("local log = {} local function say(...) log[#log + 1] = select('#', ...) .. ")
        .append("tostring((...)) end\n");
    while (budget > 0) {
      statement(0);
    }
    out.append("return table.concat(log, ' '), a, b, c, d, t, u, s");
    return out.toString();
  }

  private void statement(int depth) {
    budget--;
    switch (random.nextInt(depth > 2 ? 5 : 11)) {
      case 0, 1 -> line(name() + " = " + expression(0));
      case 2 -> line("say(" + expression(0) + ")");
      case 3 -> line("say(pcall(function() return " + expression(0) + " end))");
      case 4 -> line("if type(t) == 'table' then t[" + key() + "] = " + expression(1) + " end");
      case 5 -> block("if " + expression(0) + " then", depth);
      case 6 -> block("for i = 1, " + (1 + random.nextInt(4)) + " do", depth);
      case 7 ->
          block("for k, v in ipairs({" + expression(1) + ", " + expression(1) + "}) do", depth);
      case 8 ->
          block(
              "say(pcall(function(...) local " + name() + " = ...",
              depth,
              " end, " + expression(1) + "))");
      case 9 -> block("do local " + name() + " = " + expression(0), depth);
      default -> block("for w in ('one two'):gmatch('%a+') do say(w)", depth);
    }
  }

  private void block(String head, int depth) {
    block(head, depth, "end");
  }

  private void block(String head, int depth, String tail) {
    line(head);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      statement(depth + 1);
    }
    line(tail);
  }

  private String expression(int depth) {
    return switch (random.nextInt(depth > 2 ? 3 : 9)) {
      case 0, 1 -> name();
      case 2 -> pick(LITERALS);
      case 3, 4, 5 ->
          "(" + expression(depth + 1) + " " + pick(BINARY) + " " + expression(depth + 1) + ")";
      case 6 -> String.format(pick(CALLS), expression(depth + 1));
      case 7 -> pick(new String[] {"-", "not ", "#"}) + "(" + expression(depth + 1) + ")";
      default -> "(function(p) return p, " + expression(depth + 1) + " end)(" + name() + ")";
    };
  }

  private String key() {
    return pick(new String[] {"1", "2", "'k'", "#t + 1", "tostring(a)"});
  }

  private String name() {
    return pick(NAMES);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
