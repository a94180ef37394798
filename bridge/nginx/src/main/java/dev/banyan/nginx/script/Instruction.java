package dev.banyan.nginx.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a {@link RewriteProgram}. */
public sealed interface Instruction {
  /** {@code set}. */
  record Set(Variable target, Template value) implements Instruction {}

  /** {@code set_by_lua*}. */
  record SetByLua(Variable target, LuaHandler handler, List<Template> args) implements Instruction {
    public SetByLua {
      args = List.copyOf(args);
    }
  }

  /** A directive of the set-misc module. */
  record Compute(Variable target, SetFunction function, List<Template> args)
      implements Instruction {
    public Compute {
      args = List.copyOf(args);
    }
  }

  /** {@code array_map}: a text for each item of an array, which is a variable meanwhile. */
  record MapArray(Variable target, Template array, Template text, Variable item)
      implements Instruction {}

  /** {@code rewrite}. */
  record Rewrite(ConfRegex regex, Replacement replacement, Flag flag) implements Instruction {}

  /** {@code return}; the text is null when only a status is given. */
  record Return(int status, @Nullable Template text) implements Instruction {}

  /** {@code break}. */
  record Break() implements Instruction {}

  /**
   * {@code if}; the branch is the number of its block's conf in the location, -1 on server level.
   */
  record If(Condition condition, int branch, List<Instruction> body) implements Instruction {
    public If {
      body = List.copyOf(body);
    }
  }

  /** What a {@code rewrite} does after it matched. */
  enum Flag {
    /** Goes on with the next instruction. */
    NONE,
    /** Ends the program and looks the location up again. */
    LAST,
    /** Ends the program and stays in the location. */
    BREAK,
    /** Answers 302. */
    REDIRECT,
    /** Answers 301. */
    PERMANENT;

    /** Whether the client is sent elsewhere. */
    public boolean redirects() {
      return this == REDIRECT || this == PERMANENT;
    }
  }
}
