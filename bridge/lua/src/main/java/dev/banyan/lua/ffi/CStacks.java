package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/**
 * OpenSSL's stacks. What they hold goes when nobody points to it, so nothing is freed with them.
 */
final class CStacks {
  private static final String BEGIN = "OPENSSL_sk_";

  private CStacks() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    put(all, "new_null", 0, c -> c.result(of(c, List.of())));
    put(all, "num", 1, c -> c.result(stack(c).map(known -> known.elements.size()).orElse(-1)));
    put(all, "value", 2, CStacks::value);
    put(all, "push", 2, c -> inserted(c, Integer.MAX_VALUE));
    put(all, "unshift", 2, c -> inserted(c, 0));
    put(all, "insert", 3, c -> inserted(c, c.integer(3)));
    put(all, "pop", 1, c -> removed(c, stack(c).map(s -> s.elements.size()).orElse(0) - 1));
    put(all, "shift", 1, c -> removed(c, 0));
    put(all, "delete", 2, c -> removed(c, c.integer(2)));
    put(all, "dup", 1, CStacks::copy);
    put(all, "free", 1, c -> LuaValue.NONE);
    put(all, "pop_free", 2, c -> LuaValue.NONE);
    all.put("X509_chain_up_ref", new CFunction(1, CStacks::copy));
    return all;
  }

  private static void put(
      Map<String, CFunction> all, String name, int arity, Function<CArguments, LuaValue> body) {
    all.put(BEGIN + name, new CFunction(arity, body));
  }

  /** A new stack of elements. */
  static PointerData of(CArguments c, List<PointerData> elements) {
    return c.objects().create(new CStack(elements));
  }

  /** What the stack that an argument stands for holds; empty for NULL. */
  static List<PointerData> elements(CArguments c, int index) {
    return c.pointer(index).isNull() ? List.of() : c.object(index, CStack.class).elements;
  }

  private static Optional<CStack> stack(CArguments c) {
    return c.pointer(1).isNull() ? Optional.empty() : Optional.of(c.object(1, CStack.class));
  }

  private static LuaValue value(CArguments c) {
    List<PointerData> all = elements(c, 1);
    long at = c.integer(2);
    return at < 0 || at >= all.size() ? c.nullResult() : c.result(all.get((int) at));
  }

  /** Gives how many there are then; beside the ends is at the end. */
  private static LuaValue inserted(CArguments c, long at) {
    Optional<CStack> stack = stack(c);
    if (stack.isEmpty()) {
      return c.result(0);
    }
    List<PointerData> all = stack.get().elements;
    if (all.size() == CStack.MOST) {
      throw LuaErrors.raise("stacks of more than " + CStack.MOST + " elements are not kept here");
    }
    all.add(at < 0 || at > all.size() ? all.size() : (int) at, c.pointer(2));
    return c.result(all.size());
  }

  private static LuaValue removed(CArguments c, long at) {
    List<PointerData> all = elements(c, 1);
    return at < 0 || at >= all.size() ? c.nullResult() : c.result(all.remove((int) at));
  }

  private static LuaValue copy(CArguments c) {
    return c.result(of(c, elements(c, 1)));
  }
}
