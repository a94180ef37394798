package dev.banyan.lua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LocVars;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Upvaldesc;
import org.luaj.vm2.compiler.LuaC;

/** LuaJ's parser and compiler, made to accept and to complain as LuaJIT does. */
final class Compiler {
  private static final Pattern POSITION = Pattern.compile("(?s)chunk:(\\d+): (.*)");
  private static final Pattern NO_LABEL =
      Pattern.compile("no visible label '(.*)' for <goto> at line (\\d+)");
  private static final Pattern DUPLICATE = Pattern.compile("label '(.*?)'? already defined.*");
  private static final Pattern INTO_SCOPE = Pattern.compile("(<goto .*>) at line (\\d+) (jumps.*)");

  static {
    FoldedPowers.install();
  }

  private Compiler() {}

  /**
   * Compiles a chunk of source text.
   *
   * @throws LuaError with LuaJIT's message when it is not a chunk
   */
  static Chunk compile(byte[] source, String name) {
    if (source.length > 0 && source[0] == 27) {
      return DumpedFunction.read(source, name);
    }
    return compile(source, name, false);
  }

  /** Compiles a text; {@code stripped} of its lines and the names of its variables. */
  static Chunk compile(byte[] source, String name, boolean stripped) {
    SyntaxChecker.Checked checked = SyntaxChecker.check(source, name);
    try {
      Prototype prototype =
          LuaC.instance.compile(new ByteArrayInputStream(checked.text()), "=chunk");
      checked.lines().apply(prototype);
      if (stripped) {
        strip(prototype);
      }
      Code main = new Code(prototype, name);
      main.chunk = source;
      main.stripped = stripped;
      return new Chunk(main);
    } catch (LuaError e) {
      throw LuaErrors.bare(translate(String.valueOf(e.getMessage()), ChunkNames.display(name)));
    } catch (NullPointerException | IndexOutOfBoundsException e) {
      throw LuaErrors.bare(ChunkNames.display(name) + ": function or expression too complex");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void strip(Prototype p) {
    p.linedefined = 0;
    p.lastlinedefined = 0;
    p.lineinfo = new int[p.lineinfo.length];
    p.locvars = new LocVars[0];
    for (Upvaldesc upvalue : p.upvalues) {
      if (upvalue.name != null && !upvalue.name.tojstring().equals("_ENV")) {
        upvalue.name = null;
      }
    }
    for (Prototype inner : p.p) {
      strip(inner);
    }
  }

  private static String translate(String message, String name) {
    Matcher position = POSITION.matcher(message);
    if (!position.matches()) {
      return name + ": " + message;
    }
    String line = position.group(1);
    String text = position.group(2);
    Matcher label = NO_LABEL.matcher(text);
    if (label.matches()) {
      String missing = Names.undress(label.group(1));
      text = missing.equals("break") ? "no loop to break" : "undefined label '" + missing + "'";
      line = label.group(2);
    }
    Matcher duplicate = DUPLICATE.matcher(text);
    if (duplicate.matches()) {
      text = "duplicate label '" + Names.undress(duplicate.group(1)) + "'";
    }
    Matcher scope = INTO_SCOPE.matcher(text);
    if (scope.matches()) {
      text = scope.group(1) + " " + scope.group(3);
      line = scope.group(2);
    }
    return name + ":" + line + ": " + text;
  }
}
