package dev.banyan.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A Lua function that Java implements. Natives get their arguments as they were passed: a missing
 * one is {@code LuaValue.NONE}, so that errors can tell "no value" from nil.
 */
public abstract class NativeFunction extends LuaFunction {
  private final String name;
  private int builtinNumber;

  /** Creates a function known by {@code name} in errors that no calling code names better. */
  protected NativeFunction(String name) {
    this.name = name;
  }

  /** A function of any number of arguments and results. */
  public static NativeFunction of(String name, NativeBody body) {
    return new Variadic(name, body);
  }

  /** A function of one argument and one result, called without an argument array. */
  public static NativeFunction one(String name, Body1 body) {
    return new Unary(name, body);
  }

  /** A function of two arguments and one result, called without an argument array. */
  public static NativeFunction two(String name, Body2 body) {
    return new Binary(name, body);
  }

  /** A function of three arguments and one result, called without an argument array. */
  public static NativeFunction three(String name, Body3 body) {
    return new Ternary(name, body);
  }

  @Override
  public String name() {
    return name;
  }

  /** The number that {@code tostring} shows of a function built into LuaJIT; 0 for all others. */
  int builtinNumber() {
    return builtinNumber;
  }

  /** Marks this as the function that LuaJIT has built in under a number. */
  public void builtin(int number) {
    builtinNumber = number;
  }

  @Override
  public abstract Varargs invoke(Varargs args);

  @Override
  public Varargs invoke() {
    return invoke(NONE);
  }

  @Override
  public LuaValue call() {
    return invoke(NONE).arg1();
  }

  @Override
  public LuaValue call(LuaValue a) {
    return invoke(a).arg1();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return invoke(varargsOf(a, b)).arg1();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return invoke(varargsOf(a, b, c)).arg1();
  }

  /** The body of a {@link #one} function. */
  @FunctionalInterface
  public interface Body1 {
    /** Runs the function. */
    LuaValue call(LuaValue a);
  }

  /** The body of a {@link #two} function. */
  @FunctionalInterface
  public interface Body2 {
    /** Runs the function. */
    LuaValue call(LuaValue a, LuaValue b);
  }

  /** The body of a {@link #three} function. */
  @FunctionalInterface
  public interface Body3 {
    /** Runs the function. */
    LuaValue call(LuaValue a, LuaValue b, LuaValue c);
  }

  private static final class Variadic extends NativeFunction {
    private final NativeBody body;

    Variadic(String name, NativeBody body) {
      super(name);
      this.body = body;
    }

    @Override
    public Varargs invoke(Varargs args) {
      return body.call(args);
    }
  }

  private static final class Unary extends NativeFunction {
    private final Body1 body;

    Unary(String name, Body1 body) {
      super(name);
      this.body = body;
    }

    @Override
    public Varargs invoke(Varargs args) {
      return body.call(argument(args, 1));
    }

    @Override
    public LuaValue call() {
      return body.call(NONE);
    }

    @Override
    public LuaValue call(LuaValue a) {
      return body.call(a);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      return body.call(a);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
      return body.call(a);
    }
  }

  private static final class Binary extends NativeFunction {
    private final Body2 body;

    Binary(String name, Body2 body) {
      super(name);
      this.body = body;
    }

    @Override
    public Varargs invoke(Varargs args) {
      return body.call(argument(args, 1), argument(args, 2));
    }

    @Override
    public LuaValue call() {
      return body.call(NONE, NONE);
    }

    @Override
    public LuaValue call(LuaValue a) {
      return body.call(a, NONE);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      return body.call(a, b);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
      return body.call(a, b);
    }
  }

  private static final class Ternary extends NativeFunction {
    private final Body3 body;

    Ternary(String name, Body3 body) {
      super(name);
      this.body = body;
    }

    @Override
    public Varargs invoke(Varargs args) {
      return body.call(argument(args, 1), argument(args, 2), argument(args, 3));
    }

    @Override
    public LuaValue call() {
      return body.call(NONE, NONE, NONE);
    }

    @Override
    public LuaValue call(LuaValue a) {
      return body.call(a, NONE, NONE);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      return body.call(a, b, NONE);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
      return body.call(a, b, c);
    }
  }

  private static LuaValue argument(Varargs args, int index) {
    return index <= args.narg() ? args.arg(index) : NONE;
  }
}
