package dev.banyan.nginx;

import dev.banyan.nginx.script.Condition;
import dev.banyan.nginx.script.ConditionParser;
import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Instruction;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.script.Replacement;
import dev.banyan.nginx.script.RewriteProgram;
import dev.banyan.nginx.script.SetFunction;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: compiles the rewrite directives of one block. The
 * blocks of {@code if}s are numbered in the order of the file.
 */
final class RewriteCompiler {
  private static final int FIRST_ERROR = 400;

  private final Compiler compiler;
  private final boolean branches;
  private int nextBranch;

  /** Of a location, whose {@code if}s have confs of their own, or of a server. */
  RewriteCompiler(Compiler compiler, boolean branches) {
    this.compiler = compiler;
    this.branches = branches;
  }

  RewriteProgram compile(List<Directive> directives) {
    List<Instruction> program = instructions(directives);
    return program.isEmpty() ? RewriteProgram.EMPTY : new RewriteProgram(program);
  }

  private List<Instruction> instructions(List<Directive> directives) {
    List<Instruction> program = new ArrayList<>();
    for (Directive directive : directives) {
      Instruction step = compiler.problems().guardOrNull(directive, () -> instruction(directive));
      if (step != null) {
        program.add(step);
      }
    }
    return program;
  }

  private @Nullable Instruction instruction(Directive directive) {
    return switch (directive.name()) {
      case "set" ->
          new Instruction.Set(target(directive), compiler.template(directive, directive.arg(1)));
      case "set_by_lua", "set_by_lua_block", "set_by_lua_file" -> setByLua(directive);
      case "rewrite" -> rewrite(directive);
      case "return" -> answer(directive);
      case "break" -> new Instruction.Break();
      case "if" -> branch(directive);
      default -> computed(directive);
    };
  }

  /** What the set-misc module computes, where the directive is one of its own. */
  private @Nullable Instruction computed(Directive directive) {
    SetFunction function = SetFunction.find(directive.name());
    if (function == null) {
      return null;
    }
    String misuse = function.misuse(directive.args());
    if (misuse != null) {
      throw directive.error(misuse);
    }
    Variable target = target(directive, function.target(directive.args()));
    List<String> words = function.arguments(directive.args());
    if (function == SetFunction.HASHED_UPSTREAM && words.getFirst().indexOf('$') < 0) {
      compiler.upstreamLists().require(directive, words.getFirst());
    }
    List<Template> args = words.stream().map(word -> compiler.template(directive, word)).toList();
    return function == SetFunction.ARRAY_MAP
        ? new Instruction.MapArray(
            target,
            args.getLast(),
            args.getFirst(),
            target(directive, "$" + SetFunction.ARRAY_ITEM))
        : new Instruction.Compute(target, function, args);
  }

  private Variable target(Directive directive) {
    return target(directive, directive.arg(0));
  }

  private Variable target(Directive directive, String name) {
    Variable variable =
        name.length() > 1 && name.startsWith("$")
            ? compiler.variables().find(name.substring(1))
            : null;
    if (variable == null) {
      throw directive.error("invalid variable name \"" + name + "\"");
    }
    return variable;
  }

  private Instruction setByLua(Directive directive) {
    List<Template> args = new ArrayList<>();
    for (String arg : directive.args().subList(2, directive.args().size())) {
      args.add(compiler.template(directive, arg));
    }
    LuaHandler handler = compiler.lua(LuaPhase.SET, directive, 1);
    return new Instruction.SetByLua(target(directive), handler, args);
  }

  private @Nullable Instruction rewrite(Directive directive) {
    String replacement = directive.arg(1);
    Instruction.Flag flag = flag(directive);
    if (replacement.startsWith("http://")
        || replacement.startsWith("https://")
        || replacement.startsWith("$scheme")) {
      flag = flag.redirects() ? flag : Instruction.Flag.REDIRECT;
    }
    if (replacement.isEmpty()) {
      throw directive.error("empty replacement");
    }
    ConfRegex regex = compiler.regex(directive, directive.arg(0), false);
    return regex == null
        ? null
        : new Instruction.Rewrite(
            regex, Replacement.compile(replacement, flag, compiler.variables()), flag);
  }

  private static Instruction.Flag flag(Directive directive) {
    if (directive.args().size() < 3) {
      return Instruction.Flag.NONE;
    }
    return switch (directive.arg(2)) {
      case "last" -> Instruction.Flag.LAST;
      case "break" -> Instruction.Flag.BREAK;
      case "redirect" -> Instruction.Flag.REDIRECT;
      case "permanent" -> Instruction.Flag.PERMANENT;
      default -> throw directive.error("invalid parameter \"" + directive.arg(2) + "\"");
    };
  }

  private Instruction answer(Directive directive) {
    String first = directive.arg(0);
    OptionalLong status = Units.number(first);
    boolean address =
        first.startsWith("http://") || first.startsWith("https://") || first.startsWith("$scheme");
    if (status.isEmpty() && directive.args().size() == 1 && address) {
      return new Instruction.Return(302, compiler.template(directive, first));
    }
    if (status.isEmpty() || status.getAsLong() > 999) {
      throw directive.error("invalid return code \"" + first + "\"");
    }
    int code = (int) status.getAsLong();
    boolean page = // an error with an empty text gets its page all the same
        directive.args().size() == 1 || (code >= FIRST_ERROR && directive.arg(1).isEmpty());
    return new Instruction.Return(
        code, page ? null : compiler.template(directive, directive.arg(1)));
  }

  private Instruction branch(Directive directive) {
    int number = branches ? nextBranch++ : -1;
    Condition condition = ConditionParser.parse(directive.args(), compiler.variables());
    return new Instruction.If(condition, number, instructions(directive.children()));
  }
}
