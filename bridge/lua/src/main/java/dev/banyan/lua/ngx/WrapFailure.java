package dev.banyan.lua.ngx;

import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Tracebacks;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaValue;

/**
 * The error of a coroutine made by {@code coroutine.wrap}: it ends everything up to the coroutine
 * or thread that was resumed without wrap.
 */
final class WrapFailure extends LuaAbort {
  private static final long serialVersionUID = 1L;
  private final transient LuaValue value;
  private final String traceback;
  private final List<String> threads;

  /**
   * Creates the failure.
   *
   * @param target the coroutine that failed
   * @param caller the one that had resumed it
   */
  WrapFailure(LuaValue value, Coroutine target, Coroutine caller) {
    super(value.isstring() ? LuaText.latin1(value) : "unknown reason");
    this.value = value;
    this.traceback = Tracebacks.of(target);
    List<String> stacks = new ArrayList<>();
    stacks.add(Tracebacks.ofThread(target));
    for (Coroutine each = caller; each != null; each = each.resumer()) {
      stacks.add(Tracebacks.ofThread(each));
    }
    this.threads = List.copyOf(stacks);
  }

  LuaValue value() {
    return value;
  }

  String traceback() {
    return traceback;
  }

  List<String> threads() {
    return threads;
  }
}
