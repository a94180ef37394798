package dev.banyan.lua.replay;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.shared.DictValue;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its lane's thread: shared dicts that hold, when a call begins, what makes the first
 * operation on each key answer as the recording tells. From there they are dicts as any other.
 */
final class ReplayDicts {
  private static final double MILLIS = 1000;

  private final SharedDicts dicts;

  ReplayDicts(Map<String, Long> sizes, LongSupplier clock) {
    dicts =
        new SharedDicts(
            sizes.entrySet().stream()
                .map(one -> new SharedDict(one.getKey(), one.getValue(), clock))
                .toList());
  }

  SharedDicts dicts() {
    return dicts;
  }

  /** A call begins. */
  void begin(Journal journal) {
    dicts.all().forEach(dict -> dict.keys(0).forEach(dict::delete));
    Set<String> known = new HashSet<>();
    for (Journal.Entry entry : journal.entries()) {
      if (entry instanceof Journal.Entry.DictCall call) {
        dicts.named(call.dict()).ifPresent(dict -> fill(dict, call, known));
      }
    }
  }

  private static void fill(SharedDict dict, Journal.Entry.DictCall call, Set<String> known) {
    if (call.operation().equals("keys") && call.answer() instanceof List<?> keys) {
      for (Object key : keys) {
        if (known.add(dict.name() + ' ' + key)) {
          dict.set(String.valueOf(key), DictValue.TRUE, SharedDict.FOREVER);
        }
      }
      return;
    }
    if (!known.add(dict.name() + ' ' + call.key())) {
      return;
    }
    switch (call.operation()) {
      case "get" -> set(dict, call.key(), call.answer(), SharedDict.FOREVER);
      case "incr" -> set(dict, call.key(), counted(call), SharedDict.FOREVER);
      case "add" -> set(dict, call.key(), call.answer() == null ? null : true, SharedDict.FOREVER);
      case "replace" ->
          set(dict, call.key(), call.answer() == null ? true : null, SharedDict.FOREVER);
      case "ttl" ->
          set(
              dict,
              call.key(),
              call.answer() == null ? null : true,
              call.answer() instanceof Double left
                  ? Math.round(left * MILLIS)
                  : SharedDict.FOREVER);
      case "expire" ->
          set(
              dict,
              call.key(),
              Boolean.TRUE.equals(call.answer()) ? true : null,
              SharedDict.FOREVER);
      default -> {
        // set and delete answer the same whatever was there
      }
    }
  }

  /** What a counter must have held so that counting answered so; null for nothing. */
  private static @Nullable Object counted(Journal.Entry.DictCall call) {
    List<@Nullable Object> arguments = call.arguments();
    double by = !arguments.isEmpty() && arguments.getFirst() instanceof Double given ? given : 0;
    Object init = arguments.size() > 1 ? arguments.get(1) : null;
    if (call.answer() instanceof Double answer) {
      double before = answer - by;
      return init instanceof Double first && first == before ? null : (Object) before;
    }
    return "not a number".equals(call.answer()) ? "" : null;
  }

  private static void set(SharedDict dict, String key, @Nullable Object value, long ttl) {
    DictValue held =
        switch (value) {
          case String text -> DictValue.of(text);
          case Number number -> DictValue.of(number.doubleValue());
          case Boolean flag -> DictValue.of(flag);
          case null, default -> null;
        };
    if (held != null) {
      dict.set(key, held, ttl);
    }
  }
}
