package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: a Lua function with its variables, and the interpreter loop that runs it.
 *
 * <p>The loop's method must stay below 8,000 bytes of bytecode, or HotSpot leaves it uncompiled:
 * whatever is not hot lives in {@link Interpreter} and {@link Semantics}. It is one method of many
 * lines because an instruction that called another one would spill the registers that all of them
 * share.
 */
@SuppressWarnings({"ReferenceEquality", "StatementSwitchToExpressionSwitch", "OperatorPrecedence"})
final class BridgeClosure extends LuaFunction {
  final LuaVm vm;
  final Code code;
  final Upvalue[] upvalues;

  /** The globals that this function sees; {@code setfenv} replaces it. */
  LuaTable environment;

  /**
   * Registers, all nil, of a call that has returned: those of the next one, which finds them in the
   * processor's caches.
   */
  private LuaValue @Nullable [] spare;

  BridgeClosure(LuaVm vm, Code code, Upvalue[] upvalues, LuaTable environment) {
    this.vm = vm;
    this.code = code;
    this.upvalues = upvalues;
    this.environment = environment;
  }

  @Override
  public boolean isclosure() {
    return true;
  }

  @Override
  public Varargs invoke() {
    return run(this, registers(), NONE);
  }

  @Override
  public LuaValue call() {
    return first(run(this, registers(), NONE));
  }

  @Override
  public LuaValue call(LuaValue a) {
    return first(enter(a));
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return first(enter(a, b));
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return first(enter(a, b, c));
  }

  Varargs enter(LuaValue a) {
    Code c = code;
    LuaValue[] registers = registers();
    if (c.params > 0) {
      registers[0] = present(a);
      return run(this, registers, NONE);
    }
    return run(this, registers, c.vararg ? a : NONE);
  }

  Varargs enter(LuaValue a, LuaValue b) {
    Code c = code;
    LuaValue[] registers = registers();
    switch (c.params) {
      case 0:
        return run(this, registers, c.vararg ? varargsOf(a, b) : NONE);
      case 1:
        registers[0] = present(a);
        return run(this, registers, c.vararg ? b : NONE);
      default:
        registers[0] = present(a);
        registers[1] = present(b);
        return run(this, registers, NONE);
    }
  }

  Varargs enter(LuaValue a, LuaValue b, LuaValue d) {
    Code c = code;
    LuaValue[] registers = registers();
    switch (c.params) {
      case 0:
        return run(this, registers, c.vararg ? varargsOf(a, b, d) : NONE);
      case 1:
        registers[0] = present(a);
        return run(this, registers, c.vararg ? varargsOf(b, d) : NONE);
      case 2:
        registers[0] = present(a);
        registers[1] = present(b);
        return run(this, registers, c.vararg ? d : NONE);
      default:
        registers[0] = present(a);
        registers[1] = present(b);
        registers[2] = present(d);
        return run(this, registers, NONE);
    }
  }

  @Override
  public Varargs invoke(Varargs args) {
    Code c = code;
    LuaValue[] registers = registers();
    int params = c.params;
    for (int i = 0; i < params; i++) {
      registers[i] = args.arg(i + 1);
    }
    return run(this, registers, c.vararg ? args.subargs(params + 1) : NONE);
  }

  private static LuaValue present(LuaValue argument) {
    return argument == NONE ? NIL : argument;
  }

  private LuaValue[] registers() {
    LuaValue[] free = spare;
    if (free == null) {
      return code.blankRegisters.clone();
    }
    spare = null;
    return free;
  }

  /** Takes the registers of a call that returns and whose variables no function has captured. */
  private void release(LuaValue[] used) {
    System.arraycopy(code.blankRegisters, 0, used, 0, used.length);
    spare = used;
  }

  private static LuaValue callClosure(BridgeClosure f, LuaValue[] s, int a, int b) {
    return switch (b) {
      case 1 -> f.call();
      case 2 -> f.call(s[a + 1]);
      case 3 -> f.call(s[a + 1], s[a + 2]);
      case 4 -> f.call(s[a + 1], s[a + 2], s[a + 3]);
      default -> first(f.invoke(Interpreter.arguments(s, a, b, NONE, 0)));
    };
  }

  /**
   * Where the jump that follows a test leads: taken with the test when it is a plain one, ahead and
   * out of no block whose variables are to be closed.
   */
  private static int jumped(int[] ops, int pc) {
    int jump = ops[pc];
    int distance = (jump >>> 14) - 0x1ffff;
    return (jump & 0x3fff) == Lua.OP_JMP && distance >= 0 ? pc + 1 + distance : pc;
  }

  private static boolean truth(LuaValue value) {
    return value != NIL && value != FALSE && value != NONE;
  }

  private static LuaValue first(Varargs results) {
    return results instanceof LuaValue value ? value : results.arg1();
  }

  /** Runs {@code closure}, and whatever it tail-calls, to its return. */
  private static Varargs run(BridgeClosure closure, LuaValue[] registers, Varargs extra) {
    final LuaVm vm = closure.vm;
    final Coroutine thread = vm.running();
    final Frame frame = thread.push();
    final int depth = thread.depth;
    if (depth + thread.base > vm.callDepth) {
      thread.depth = depth - 1;
      throw LuaErrors.raise(vm, "stack overflow");
    }
    BridgeClosure cl = closure;
    LuaValue[] s = registers;
    Varargs va = extra;
    for (; ; ) {
      if (--vm.fuel < 0) {
        vm.refuel();
      }
      final Code code = cl.code;
      final int[] ops = code.ops;
      final LuaValue[] k = code.k;
      frame.function = cl;
      frame.registers = s;
      frame.extra = va;
      Upvalue[] open = null;
      Varargs v = NONE;
      int pc = 0;
      int top = 0;
      loop:
      for (; ; ) {
        final int i = ops[pc++];
        final int a = (i >> 6) & 0xff;
        frame.pc = pc;
        switch (i & 0x3f) {
          case Lua.OP_MOVE:
            s[a] = s[i >>> 23];
            continue;
          case Lua.OP_LOADK:
            s[a] = k[i >>> 14];
            continue;
          case Lua.OP_LOADKX:
            s[a] = k[ops[pc++] >>> 6];
            continue;
          case Lua.OP_LOADBOOL:
            s[a] = i >>> 23 != 0 ? TRUE : FALSE;
            if ((i & (0x1ff << 14)) != 0) {
              pc++;
            }
            continue;
          case Lua.OP_LOADNIL:
            for (int r = a, last = a + (i >>> 23); r <= last; r++) {
              s[r] = NIL;
            }
            continue;
          case Lua.OP_GETUPVAL:
            {
              Upvalue u = cl.upvalues[i >>> 23];
              s[a] = u.array[u.index];
              continue;
            }
          case Lua.OP_SETUPVAL:
            {
              Upvalue u = cl.upvalues[i >>> 23];
              u.array[u.index] = s[a];
              continue;
            }
          case Code.GETGLOBAL:
            {
              LuaString name = (LuaString) k[(i >> 14) & 0xff];
              LuaTable env = cl.environment;
              LuaValue value = env instanceof Table t ? t.getStr(name, code, pc) : NIL;
              s[a] = value.isnil() ? Interpreter.global(vm, env, name) : value;
              continue;
            }
          case Code.SETGLOBAL:
            {
              int c = (i >> 14) & 0x1ff;
              LuaValue value = c > 0xff ? k[c & 0xff] : s[c];
              LuaString name = (LuaString) k[(i >>> 23) & 0xff];
              if (cl.environment instanceof Table t && t.storesPlainly()) {
                t.setStr(name, value);
              } else {
                Semantics.setIndex(vm, cl.environment, name, value);
              }
              continue;
            }
          case Lua.OP_GETTABUP:
            s[a] = Interpreter.getUpvalueField(cl, i, s);
            continue;
          case Lua.OP_SETTABUP:
            Interpreter.setUpvalueField(cl, i, s);
            continue;
          case Code.GETUPFIELD:
            {
              LuaString name = (LuaString) k[(i >> 14) & 0xff];
              Upvalue u = cl.upvalues[i >>> 23];
              LuaValue o = u.array[u.index];
              if (o instanceof Table t) {
                LuaValue value = t.getStr(name, code, pc);
                s[a] = value != NIL || t.meta == null ? value : Interpreter.inherited(vm, t, name);
                continue;
              }
              s[a] = Semantics.index(vm, o, name);
              continue;
            }
          case Code.GETFIELD:
            {
              LuaString name = (LuaString) k[(i >> 14) & 0xff];
              LuaValue o = s[i >>> 23];
              if (o instanceof Table t) {
                LuaValue value = t.getStr(name, code, pc);
                s[a] = value != NIL || t.meta == null ? value : Interpreter.inherited(vm, t, name);
                continue;
              }
              s[a] = Semantics.index(vm, o, name);
              continue;
            }
          case Code.GETREG:
            {
              LuaValue key = s[(i >> 14) & 0x1ff];
              LuaValue o = s[i >>> 23];
              if (o instanceof Table t) {
                LuaValue value =
                    key instanceof LuaInteger n
                        ? t.getInt(n.v)
                        : key instanceof LuaString name ? t.getStr(name) : t.rawget(key);
                if (value != NIL || t.meta == null) {
                  s[a] = value;
                  continue;
                }
              }
              s[a] = Semantics.index(vm, o, key);
              continue;
            }
          case Lua.OP_GETTABLE:
            {
              LuaValue key = k[(i >> 14) & 0xff];
              LuaValue o = s[i >>> 23];
              if (o instanceof Table t && t.meta == null) {
                s[a] = t.rawget(key);
                continue;
              }
              s[a] = Semantics.index(vm, o, key);
              continue;
            }
          case Code.SETFIELD:
            {
              int c = (i >> 14) & 0x1ff;
              LuaValue value = c > 0xff ? k[c & 0xff] : s[c];
              LuaString name = (LuaString) k[(i >>> 23) & 0xff];
              if (s[a] instanceof Table t && t.storesPlainly()) {
                t.setStr(name, value);
              } else {
                Semantics.setIndex(vm, s[a], name, value);
              }
              continue;
            }
          case Lua.OP_SETTABLE:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              LuaValue key = b > 0xff ? k[b & 0xff] : s[b];
              LuaValue value = c > 0xff ? k[c & 0xff] : s[c];
              if (s[a] instanceof Table t && t.storesPlainly()) {
                if (key instanceof LuaInteger n) {
                  t.setInt(n.v, value);
                } else {
                  t.rawset(key, value);
                }
              } else {
                Semantics.setIndex(vm, s[a], key, value);
              }
              continue;
            }
          case Lua.OP_NEWTABLE:
            {
              int fields = (i >> 14) & 0x1ff;
              s[a] = fields == 0 ? new Table() : Interpreter.newTable(fields);
              continue;
            }
          case Code.SELFK:
            {
              LuaString name = (LuaString) k[(i >> 14) & 0xff];
              LuaValue o = s[i >>> 23];
              s[a + 1] = o;
              if (o instanceof Table t) {
                LuaValue value = t.getStr(name, code, pc);
                if (value == NIL && t.meta != null) {
                  value = Interpreter.inherited(vm, t, name);
                }
                s[a] = value;
              } else if (o instanceof LuaString string) {
                s[a] = vm.stringIndex(string, name);
              } else {
                s[a] = Semantics.index(vm, o, name);
              }
              continue;
            }
          case Lua.OP_SELF:
            {
              LuaValue o = s[i >>> 23];
              int c = (i >> 14) & 0x1ff;
              LuaValue key = c > 0xff ? k[c & 0xff] : s[c];
              s[a + 1] = o;
              s[a] = Semantics.index(vm, o, key);
              continue;
            }
          case Code.ADDK:
            {
              LuaValue x = s[i >>> 23];
              LuaValue y = k[(i >> 14) & 0xff];
              s[a] =
                  x instanceof LuaInteger m && y instanceof LuaInteger n
                      ? Interpreter.number((long) m.v + n.v)
                      : Interpreter.add(vm, x, y);
              continue;
            }
          case Code.SUBK:
            {
              LuaValue x = s[i >>> 23];
              LuaValue y = k[(i >> 14) & 0xff];
              s[a] =
                  x instanceof LuaInteger m && y instanceof LuaInteger n
                      ? Interpreter.number((long) m.v - n.v)
                      : Interpreter.subtract(vm, x, y);
              continue;
            }
          case Code.MULK:
            s[a] = Interpreter.multiply(vm, s[i >>> 23], k[(i >> 14) & 0xff]);
            continue;
          case Lua.OP_ADD:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              LuaValue x = b > 0xff ? k[b & 0xff] : s[b];
              LuaValue y = c > 0xff ? k[c & 0xff] : s[c];
              s[a] =
                  x instanceof LuaInteger m && y instanceof LuaInteger n
                      ? Interpreter.number((long) m.v + n.v)
                      : Interpreter.add(vm, x, y);
              continue;
            }
          case Lua.OP_SUB:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              LuaValue x = b > 0xff ? k[b & 0xff] : s[b];
              LuaValue y = c > 0xff ? k[c & 0xff] : s[c];
              s[a] =
                  x instanceof LuaInteger m && y instanceof LuaInteger n
                      ? Interpreter.number((long) m.v - n.v)
                      : Interpreter.subtract(vm, x, y);
              continue;
            }
          case Lua.OP_MUL:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              s[a] =
                  Interpreter.multiply(
                      vm, b > 0xff ? k[b & 0xff] : s[b], c > 0xff ? k[c & 0xff] : s[c]);
              continue;
            }
          case Lua.OP_DIV:
          case Lua.OP_MOD:
          case Lua.OP_POW:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              s[a] =
                  Interpreter.arithmetic(
                      vm, i & 0x3f, b > 0xff ? k[b & 0xff] : s[b], c > 0xff ? k[c & 0xff] : s[c]);
              continue;
            }
          case Lua.OP_UNM:
            s[a] = Interpreter.negate(vm, s[i >>> 23]);
            continue;
          case Lua.OP_NOT:
            s[a] = truth(s[i >>> 23]) ? FALSE : TRUE;
            continue;
          case Lua.OP_LEN:
            {
              LuaValue o = s[i >>> 23];
              s[a] =
                  o instanceof Table t
                      ? LuaInteger.valueOf(t.length())
                      : o instanceof LuaString string
                          ? LuaInteger.valueOf(string.m_length)
                          : Semantics.length(vm, o);
              continue;
            }
          case Lua.OP_CONCAT:
            s[a] = Semantics.concat(vm, s, i >>> 23, (i >> 14) & 0x1ff);
            continue;
          case Lua.OP_JMP:
            {
              if (a > 0 && open != null) {
                Interpreter.close(open, a - 1);
              }
              int jump = (i >>> 14) - 0x1ffff;
              pc += jump;
              if (jump < 0 && --vm.fuel < 0) {
                vm.refuel();
              }
              continue;
            }
          case Code.EQK:
            {
              LuaValue x = s[i >>> 23];
              LuaValue y = k[(i >> 14) & 0xff];
              pc = Semantics.equalsConstant(vm, x, y) != (a != 0) ? pc + 1 : jumped(ops, pc);
              continue;
            }
          case Lua.OP_EQ:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              LuaValue x = b > 0xff ? k[b & 0xff] : s[b];
              LuaValue y = c > 0xff ? k[c & 0xff] : s[c];
              pc = Semantics.equal(vm, x, y) != (a != 0) ? pc + 1 : jumped(ops, pc);
              continue;
            }
          case Lua.OP_LT:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              LuaValue x = b > 0xff ? k[b & 0xff] : s[b];
              LuaValue y = c > 0xff ? k[c & 0xff] : s[c];
              boolean less =
                  x instanceof LuaInteger m && y instanceof LuaInteger n
                      ? m.v < n.v
                      : Semantics.lessThan(vm, x, y);
              pc = less != (a != 0) ? pc + 1 : jumped(ops, pc);
              continue;
            }
          case Lua.OP_LE:
            {
              int b = i >>> 23;
              int c = (i >> 14) & 0x1ff;
              LuaValue x = b > 0xff ? k[b & 0xff] : s[b];
              LuaValue y = c > 0xff ? k[c & 0xff] : s[c];
              boolean less =
                  x instanceof LuaInteger m && y instanceof LuaInteger n
                      ? m.v <= n.v
                      : Semantics.lessEqual(vm, x, y);
              pc = less != (a != 0) ? pc + 1 : jumped(ops, pc);
              continue;
            }
          case Lua.OP_TEST:
            pc = truth(s[a]) != ((i & (0x1ff << 14)) != 0) ? pc + 1 : jumped(ops, pc);
            continue;
          case Lua.OP_TESTSET:
            {
              LuaValue o = s[i >>> 23];
              if (truth(o) != ((i & (0x1ff << 14)) != 0)) {
                pc++;
              } else {
                s[a] = o;
                pc = jumped(ops, pc);
              }
              continue;
            }
          case Lua.OP_CALL:
            {
              LuaValue callee = s[a];
              int c = (i >> 14) & 0x1ff;
              if (callee instanceof BridgeClosure f && (c == 1 || c == 2) && i >>> 23 != 0) {
                LuaValue result = callClosure(f, s, a, i >>> 23);
                thread.depth = depth;
                if (c == 2) {
                  s[a] = result == NONE ? NIL : result;
                }
                continue;
              }
              if (callee instanceof LuaFunction f && (c == 1 || c == 2)) {
                LuaValue result;
                switch (i >>> 23) {
                  case 1:
                    result = f.call();
                    break;
                  case 2:
                    result = f.call(s[a + 1]);
                    break;
                  case 3:
                    result = f.call(s[a + 1], s[a + 2]);
                    break;
                  case 4:
                    result = f.call(s[a + 1], s[a + 2], s[a + 3]);
                    break;
                  default:
                    result = f.invoke(Interpreter.arguments(s, a, i >>> 23, v, top)).arg1();
                    break;
                }
                thread.depth = depth;
                if (c == 2) {
                  s[a] = result == NONE ? NIL : result;
                }
                continue;
              }
              v = Interpreter.invoke(vm, callee, s, a, i >>> 23, v, top);
              thread.depth = depth;
              if (c == 0) {
                top = a + v.narg();
              } else {
                Interpreter.spread(v, s, a, c - 1);
                v = NONE;
              }
              continue;
            }
          case Lua.OP_TAILCALL:
            {
              LuaValue callee = s[a];
              if (callee instanceof BridgeClosure next) {
                if (open != null) {
                  Interpreter.close(open, 0);
                }
                Varargs args = Interpreter.arguments(s, a, i >>> 23, v, top);
                Code c = next.code;
                if (open == null) {
                  cl.release(s);
                }
                LuaValue[] fresh = next.registers();
                for (int p = 0, count = c.params; p < count; p++) {
                  fresh[p] = args.arg(p + 1);
                }
                va = c.vararg ? args.subargs(c.params + 1) : NONE;
                s = fresh;
                cl = next;
                break loop;
              }
              Varargs arguments = Interpreter.arguments(s, a, i >>> 23, v, top);
              if (!(callee instanceof LuaFunction)) {
                arguments = varargsOf(callee, arguments);
                callee = Semantics.callMethod(vm, callee);
              }
              thread.depth = depth - 1;
              v = callee.invoke(arguments);
              if (open != null) {
                Interpreter.close(open, 0);
              }
              return v;
            }
          case Lua.OP_RETURN:
            {
              if (open != null) {
                Interpreter.close(open, 0);
              }
              thread.depth = depth - 1;
              switch (i >>> 23) {
                case 0:
                  v = Interpreter.arguments(s, a - 1, 0, v, top);
                  break;
                case 1:
                  v = NONE;
                  break;
                case 2:
                  v = s[a];
                  break;
                case 3:
                  v = varargsOf(s[a], s[a + 1]);
                  break;
                default:
                  return varargsOf(s, a, (i >>> 23) - 1);
              }
              if (open == null) {
                cl.release(s);
              }
              return v;
            }
          case Lua.OP_FORLOOP:
            {
              if (s[a] instanceof LuaInteger x
                  && s[a + 2] instanceof LuaInteger step
                  && s[a + 1] instanceof LuaInteger limit) {
                long next = (long) x.v + step.v;
                if (step.v >= 0 ? next <= limit.v : next >= limit.v) {
                  LuaInteger value = LuaInteger.valueOf((int) next);
                  s[a] = value;
                  s[a + 3] = value;
                  pc += (i >>> 14) - 0x1ffff;
                }
              } else if (Interpreter.forLoop(s, a)) {
                pc += (i >>> 14) - 0x1ffff;
              }
              if (--vm.fuel < 0) {
                vm.refuel();
              }
              continue;
            }
          case Lua.OP_FORPREP:
            Interpreter.forPrepare(vm, s, a);
            pc += (i >>> 14) - 0x1ffff;
            continue;
          case Lua.OP_TFORCALL:
            Interpreter.iterate(vm, s, a, (i >> 14) & 0x1ff);
            thread.depth = depth;
            continue;
          case Lua.OP_TFORLOOP:
            if (!s[a + 1].isnil()) {
              s[a] = s[a + 1];
              pc += (i >>> 14) - 0x1ffff;
            }
            if (--vm.fuel < 0) {
              vm.refuel();
            }
            continue;
          case Code.SETLISTK:
            Interpreter.setConstants(s, a, i);
            continue;
          case Lua.OP_SETLIST:
            {
              int block = (i >> 14) & 0x1ff;
              if (block == 0) {
                block = ops[pc++] >>> 6;
              }
              Interpreter.setList(s, a, i >>> 23, block, v, top);
              v = NONE;
              continue;
            }
          case Lua.OP_CLOSURE:
            {
              Code child = code.children[i >>> 14];
              if (open == null && Interpreter.captures(child)) {
                open = new Upvalue[s.length];
              }
              s[a] = Interpreter.closure(cl, child, s, open);
              continue;
            }
          case Lua.OP_VARARG:
            {
              int wanted = i >>> 23;
              if (wanted == 0) {
                v = va;
                top = a + v.narg();
              } else {
                Interpreter.spread(va, s, a, wanted - 1);
              }
              continue;
            }
          case Code.ARMED:
            pc = Interpreter.armed(vm, code, pc - 1, s);
            continue;
          default:
            throw new IllegalStateException("unknown instruction " + (i & 0x3f));
        }
      }
    }
  }
}
