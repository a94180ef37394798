package dev.banyan.lua;

import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A table whose content is elsewhere: {@code ngx.var}, {@code ngx.header}. Reads and writes go to
 * {@link #read} and {@link #write}, without copies and without metamethods.
 */
public abstract class VirtualTable extends LuaTable {
  /** For subclasses. */
  protected VirtualTable() {}

  /** The value of a key, nil when there is none. */
  protected abstract LuaValue read(LuaValue key);

  /** Sets the value of a key; nil removes it. */
  protected abstract void write(LuaValue key, LuaValue value);

  /** The entry after {@code key}; nothing by default, as for tables that only index. */
  @Override
  public Varargs next(LuaValue key) {
    return NIL;
  }

  /** The length; zero by default. */
  @Override
  public int length() {
    return 0;
  }

  @Override
  public final int rawlen() {
    return length();
  }

  @Override
  public final LuaValue len() {
    return LuaInteger.valueOf(length());
  }

  @Override
  public final LuaValue rawget(LuaValue key) {
    return read(key);
  }

  @Override
  public final LuaValue rawget(int key) {
    return read(LuaInteger.valueOf(key));
  }

  @Override
  public final LuaValue rawget(String key) {
    return read(LuaText.of(key));
  }

  @Override
  public final void rawset(LuaValue key, LuaValue value) {
    write(key, value);
  }

  @Override
  public final void rawset(int key, LuaValue value) {
    write(LuaInteger.valueOf(key), value);
  }

  @Override
  public final void rawset(String key, LuaValue value) {
    write(LuaText.of(key), value);
  }

  @Override
  public LuaValue get(LuaValue key) {
    return getmetatable() == null ? read(key) : Semantics.index(LuaVm.current(), this, key);
  }

  @Override
  public LuaValue get(int key) {
    return get(LuaInteger.valueOf(key));
  }

  @Override
  public LuaValue get(String key) {
    return get(LuaText.of(key));
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (getmetatable() == null) {
      write(key, value);
    } else {
      Semantics.setIndex(LuaVm.current(), this, key, value);
    }
  }

  @Override
  public void set(int key, LuaValue value) {
    set(LuaInteger.valueOf(key), value);
  }

  @Override
  public void set(String key, LuaValue value) {
    set(LuaText.of(key), value);
  }
}
