package dev.banyan.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes the method handles of a port. */
final class Handles {
  private Handles() {}

  /** A handle for the canonical constructor that takes objects and answers one. */
  static MethodHandle constructor(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, MethodType.methodType(void.class, types))
          .asType(MethodType.genericMethodType(types.length));
    } catch (ReflectiveOperationException e) {
      throw new PortDefect("record " + type.getName() + " can't be constructed: " + e.getMessage());
    }
  }

  /** A handle for a method of {@code target} that takes objects and answers one. */
  static MethodHandle method(Object target, Method method) {
    try {
      return MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
          .unreflect(method)
          .bindTo(target)
          .asType(MethodType.genericMethodType(method.getParameterCount()));
    } catch (IllegalAccessException e) {
      throw new PortDefect("method " + method + " can't be reached: " + e.getMessage());
    }
  }

  /** What a record's constructor makes of these. */
  static Object construct(MethodHandle spreading, @Nullable Object[] values) {
    try {
      return (Object) spreading.invokeExact(values);
    } catch (Throwable t) {
      throw unchecked(t);
    }
  }

  /** What the constructor of a record of two makes of these. */
  static Object construct(
      MethodHandle constructor, @Nullable Object first, @Nullable Object second) {
    try {
      return (Object) constructor.invokeExact(first, second);
    } catch (Throwable t) {
      throw unchecked(t);
    }
  }

  /** What the constructor of a record of three makes of these. */
  static Object construct(
      MethodHandle constructor,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third) {
    try {
      return (Object) constructor.invokeExact(first, second, third);
    } catch (Throwable t) {
      throw unchecked(t);
    }
  }

  private static RuntimeException unchecked(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return t instanceof RuntimeException known
        ? known
        : new IllegalStateException("a record's constructor declares no exceptions", t);
  }
}
