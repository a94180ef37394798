package dev.banyan.lua;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LocVars;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * One compiled Lua function, shared by all workers, and immutable but for its {@link #guesses} and
 * for the instructions that coverage arms in the machine that loaded it: LuaJ's prototype with its
 * instructions specialised for {@link BridgeClosure}'s loop.
 *
 * <p>Specialised instructions keep their place, so that line numbers and variable ranges stay true.
 */
final class Code {
  static final int GETFIELD = 40;
  static final int GETGLOBAL = 41;
  static final int SETGLOBAL = 42;
  static final int SETFIELD = 43;
  static final int ADDK = 44;
  static final int SUBK = 45;
  static final int MULK = 46;
  static final int EQK = 47;
  static final int GETREG = 48;
  static final int SELFK = 49;
  static final int SETLISTK = 50;
  static final int GETUPFIELD = 51;

  /** Stands for an instruction that coverage waits for. */
  static final int ARMED = 52;

  /** What runs: as {@link #text}, but for instructions that coverage waits for. */
  final int[] ops;

  /** The instructions as they are; the same array while no coverage is taken. */
  int[] text;

  /** What hears of armed instructions that are reached. */
  @Nullable Armed coverage;

  /** The function around this one; null for a chunk. */
  @Nullable Code parent;

  /** The text of a chunk, from which a dumped function is compiled again; empty within one. */
  byte[] chunk = {};

  /** Whether a chunk was stripped of its lines and names. */
  boolean stripped;

  final LuaValue[] k;
  final Code[] children;
  final boolean[] upvalueInStack;
  final int[] upvalueIndex;
  final String[] upvalueNames;
  private final boolean[] environments;
  final int[] lines;
  final LocVars[] locals;
  final String source;
  final String shortSource;
  final int firstLine;
  final int lastLine;
  final int params;
  final boolean vararg;
  final int stackSize;

  /**
   * Where each instruction last found its field, as {@link Table} numbers its entries: a guess that
   * the table checks. Workers race on it, and a lost or stale guess costs a look into the index.
   */
  final int[] guesses;

  /**
   * How many guesses may still be written, so that a site of many shapes does not write forever.
   */
  private int guessesLeft = 64;

  /** What the registers of a call start as. */
  final LuaValue[] blankRegisters;

  Code(Prototype p, String source) {
    this.source = source;
    this.shortSource = ChunkNames.display(source);
    this.k = new LuaValue[p.k.length];
    for (int i = 0; i < k.length; i++) {
      k[i] = InternedStrings.of(Names.undress(p.k[i]));
    }
    this.lines = p.lineinfo;
    this.locals = p.locvars;
    this.firstLine = p.linedefined;
    this.lastLine = p.lastlinedefined;
    this.params = p.numparams;
    this.vararg = p.is_vararg != 0;
    this.stackSize = p.maxstacksize;
    this.blankRegisters = new LuaValue[stackSize];
    Arrays.fill(blankRegisters, LuaValue.NIL);
    int upvalues = p.upvalues.length;
    this.upvalueInStack = new boolean[upvalues];
    this.upvalueIndex = new int[upvalues];
    this.upvalueNames = new String[upvalues];
    this.environments = new boolean[upvalues];
    for (int i = 0; i < upvalues; i++) {
      upvalueInStack[i] = p.upvalues[i].instack;
      upvalueIndex[i] = p.upvalues[i].idx;
      upvalueNames[i] =
          p.upvalues[i].name == null ? "" : Names.undress(LuaText.latin1(p.upvalues[i].name));
      environments[i] = upvalueNames[i].equals("_ENV");
    }
    this.children = new Code[p.p.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = new Code(p.p[i], source);
      children[i].parent = this;
    }
    this.ops = specialise(p.code);
    this.text = ops;
    this.guesses = new int[ops.length + 1];
  }

  /** Notes where the instruction before {@code pc} found its field. */
  void guess(int pc, int entry) {
    if (guessesLeft > 0) {
      guessesLeft--;
      guesses[pc] = entry;
    }
  }

  static int op(int i) {
    return i & 0x3f;
  }

  static int a(int i) {
    return (i >> 6) & 0xff;
  }

  static int b(int i) {
    return i >>> 23;
  }

  static int c(int i) {
    return (i >> 14) & 0x1ff;
  }

  static int bx(int i) {
    return i >>> 14;
  }

  static int sbx(int i) {
    return (i >>> 14) - 0x1ffff;
  }

  static boolean isConstant(int operand) {
    return operand > 0xff;
  }

  /** Whether upvalue {@code index} is the environment, which closures keep apart. */
  boolean isEnvironment(int index) {
    return environments[index];
  }

  /** The line of an instruction. */
  int line(int pc) {
    return pc >= 0 && pc < lines.length ? lines[pc] : firstLine;
  }

  /** The register that the call at {@code pc} calls, or -1 when it is no call. */
  int calledRegister(int pc) {
    if (pc < 0) {
      return -1;
    }
    int op = op(text[pc]);
    return op == Lua.OP_CALL || op == Lua.OP_TAILCALL ? a(text[pc]) : -1;
  }

  /** The register of what the instruction at {@code pc} reads or writes a key of, or -1. */
  int indexedRegister(int pc) {
    if (pc < 0) {
      return -1;
    }
    return switch (op(text[pc])) {
      case Lua.OP_GETTABLE, Lua.OP_SELF, GETFIELD, GETREG, SELFK -> b(text[pc]);
      case Lua.OP_SETTABLE, SETFIELD -> a(text[pc]);
      default -> -1;
    };
  }

  boolean isUnary(int pc) {
    int op = op(text[pc]);
    return op == Lua.OP_UNM || op == Lua.OP_LEN;
  }

  /** The name of the local variable in a register at an instruction, or null. */
  @Nullable String localName(int register, int pc) {
    int number = register;
    for (LocVars local : locals) {
      if (local.startpc > pc) {
        break;
      }
      if (pc < local.endpc && number-- == 0) {
        return Names.undress(LuaText.latin1(local.varname));
      }
    }
    return null;
  }

  private int[] specialise(int[] original) {
    int[] result = original.clone();
    for (int pc = 0; pc < result.length; pc++) {
      int i = result[pc];
      int specialised = constantList(original, pc) ? SETLISTK : specialise(i);
      if (specialised >= 0) {
        result[pc] = (i & ~0x3f) | specialised;
      }
    }
    return result;
  }

  /** Whether the list items that an instruction stores are all constants. */
  private static boolean constantList(int[] ops, int pc) {
    int i = ops[pc];
    int count = b(i);
    if (op(i) != Lua.OP_SETLIST || count == 0 || count > pc) {
      return false;
    }
    int register = a(i) + count;
    for (int at = pc - 1; register > a(i); at--) {
      int load = at < 0 ? 0 : ops[at];
      int last = op(load) == Lua.OP_LOADNIL ? a(load) + b(load) : a(load);
      boolean constant =
          op(load) == Lua.OP_LOADK || op(load) == Lua.OP_LOADBOOL || op(load) == Lua.OP_LOADNIL;
      if (at < 0 || !constant || last != register) {
        return false;
      }
      register = a(load) - 1;
    }
    return true;
  }

  private int specialise(int i) {
    return switch (op(i)) {
      case Lua.OP_GETTABUP ->
          isEnvironment(b(i)) && isConstant(c(i)) ? GETGLOBAL : isString(c(i)) ? GETUPFIELD : -1;
      case Lua.OP_SETTABUP -> isEnvironment(a(i)) && isConstant(b(i)) ? SETGLOBAL : -1;
      case Lua.OP_GETTABLE -> isConstant(c(i)) ? (isString(c(i)) ? GETFIELD : -1) : GETREG;
      case Lua.OP_SETTABLE -> isString(b(i)) ? SETFIELD : -1;
      case Lua.OP_SELF -> isString(c(i)) ? SELFK : -1;
      case Lua.OP_ADD -> isNumber(b(i), c(i)) ? ADDK : -1;
      case Lua.OP_SUB -> isNumber(b(i), c(i)) ? SUBK : -1;
      case Lua.OP_MUL -> isNumber(b(i), c(i)) ? MULK : -1;
      case Lua.OP_EQ -> !isConstant(b(i)) && isPlain(c(i)) ? EQK : -1;
      default -> -1;
    };
  }

  private boolean isString(int operand) {
    return isConstant(operand) && k[operand & 0xff] instanceof LuaString;
  }

  /** Whether an operand is a constant that no metamethod compares, unless the other one has it. */
  private boolean isPlain(int operand) {
    return isConstant(operand) && !(k[operand & 0xff] instanceof CData);
  }

  private boolean isNumber(int left, int right) {
    return !isConstant(left) && isConstant(right) && k[right & 0xff].type() == LuaValue.TNUMBER;
  }
}
