package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Owned by one machine: what stands in Java for C's data that Lua only hands around: it is bound to
 * a place in memory, and goes when that does.
 */
final class CObjects {
  /** As much room as an opaque struct has, which nobody may look into. */
  private static final int OPAQUE_SIZE = 16;

  private static final int MOST_FAULTS = 16;

  /** Memory is compared by what it is, not by its bytes. */
  private final Map<Memory, Map<Long, Object>> bound = new WeakHashMap<>();

  private final Map<Object, PointerData> constants = new HashMap<>();

  /** What OpenSSL's functions failed of and nobody has asked for yet. */
  final Deque<CFault> faults = new ArrayDeque<>();

  /** What {@code RAND_bytes} takes its bytes from. */
  final SecureRandom random = new SecureRandom();

  /** Notes a fault; of too many, the oldest goes, as in OpenSSL. */
  void fail(CFault fault) {
    if (faults.size() == MOST_FAULTS) {
      faults.removeFirst();
    }
    faults.add(fault);
  }

  /** A new pointer that stands for an object. */
  PointerData create(Object object) {
    PointerData pointer = new PointerData(CType.VOID_POINTER, Memory.allocate(OPAQUE_SIZE), 0);
    bind(pointer, object);
    return pointer;
  }

  /** The one pointer that stands for an object that never changes. */
  PointerData constant(Object object) {
    return constants.computeIfAbsent(object, this::create);
  }

  /** Lets a place stand for an object. */
  void bind(PointerData place, Object object) {
    if (place.memory == Memory.NOWHERE) {
      throw LuaErrors.raise("attempt to write through a NULL pointer");
    }
    bound.computeIfAbsent(place.memory, fresh -> new HashMap<>()).put(place.offset, object);
  }

  /** The object that a place stands for; empty for any other place. */
  <T> Optional<T> at(PointerData place, Class<T> type) {
    Map<Long, Object> there = bound.get(place.memory);
    return there == null
        ? Optional.empty()
        : Optional.ofNullable(there.get(place.offset)).filter(type::isInstance).map(type::cast);
  }
}
