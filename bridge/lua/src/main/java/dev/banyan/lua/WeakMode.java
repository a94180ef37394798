package dev.banyan.lua;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What a metatable's {@code __mode} says: which sides of a table hold their objects weakly. */
enum WeakMode {
  KEYS(true, false),
  VALUES(false, true),
  BOTH(true, true);

  private final boolean keys;
  private final boolean values;

  WeakMode(boolean keys, boolean values) {
    this.keys = keys;
    this.values = values;
  }

  boolean weakKeys() {
    return keys;
  }

  boolean weakValues() {
    return values;
  }

  static @Nullable WeakMode of(@Nullable LuaTable metatable) {
    if (metatable == null) {
      return null;
    }
    LuaValue mode = metatable.rawget(LuaValue.MODE);
    if (!mode.isstring()) {
      return null;
    }
    String text = LuaText.latin1(mode);
    boolean weakKeys = text.indexOf('k') >= 0;
    boolean weakValues = text.indexOf('v') >= 0;
    if (weakKeys) {
      return weakValues ? BOTH : KEYS;
    }
    return weakValues ? VALUES : null;
  }

  LuaValue wrapKey(LuaValue key) {
    return keys ? wrap(key) : key;
  }

  LuaValue wrapValue(LuaValue value) {
    return values ? wrap(value) : value;
  }

  static LuaValue unwrap(LuaValue value) {
    if (value instanceof Weak weak) {
      LuaValue target = weak.reference.get();
      return target == null ? LuaValue.NIL : target;
    }
    return value;
  }

  private static LuaValue wrap(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TTABLE, LuaValue.TFUNCTION, LuaValue.TUSERDATA, LuaValue.TTHREAD ->
          new Weak(value);
      default -> value;
    };
  }

  /** A weakly held object in a table's slot; never leaves the table. */
  private static final class Weak extends LuaValue {
    final WeakReference<LuaValue> reference;

    Weak(LuaValue target) {
      this.reference = new WeakReference<>(target);
    }

    @Override
    public int type() {
      return TLIGHTUSERDATA;
    }

    @Override
    public String typename() {
      return "weak";
    }
  }
}
