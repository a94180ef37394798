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
  /** The most arguments that are handed over one by one. */
  static final int MOST = 3;

  private Handles() {}

  /** A handle {@code (Object[]) -> Object} for the canonical constructor. */
  static MethodHandle recordConstructor(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      MethodHandle handle =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .findConstructor(type, MethodType.methodType(void.class, types));
      return spreading(handle, types.length);
    } catch (ReflectiveOperationException e) {
      throw new PortDefect("record " + type.getName() + " can't be constructed: " + e.getMessage());
    }
  }

  /**
   * A handle for a method of {@code target}: of as many Objects as it has parameters, or of one
   * array of them when there are more than {@link #MOST}.
   */
  static MethodHandle method(Object target, Method method) {
    try {
      MethodHandle handle =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
              .unreflect(method)
              .bindTo(target);
      int count = method.getParameterCount();
      return count <= MOST
          ? handle.asType(MethodType.genericMethodType(count))
          : spreading(handle, count);
    } catch (IllegalAccessException e) {
      throw new PortDefect("method " + method + " can't be reached: " + e.getMessage());
    }
  }

  static Object construct(MethodHandle constructor, @Nullable Object[] values) {
    Object made = spread(constructor, values);
    if (made == null) {
      throw new IllegalStateException("a constructor answered null");
    }
    return made;
  }

  static @Nullable Object call(MethodHandle handle) {
    try {
      return (Object) handle.invokeExact();
    } catch (Throwable t) {
      throw thrown(t);
    }
  }

  static @Nullable Object call(MethodHandle handle, @Nullable Object a) {
    try {
      return (Object) handle.invokeExact(a);
    } catch (Throwable t) {
      throw thrown(t);
    }
  }

  static @Nullable Object call(MethodHandle handle, @Nullable Object a, @Nullable Object b) {
    try {
      return (Object) handle.invokeExact(a, b);
    } catch (Throwable t) {
      throw thrown(t);
    }
  }

  static @Nullable Object call(
      MethodHandle handle, @Nullable Object a, @Nullable Object b, @Nullable Object c) {
    try {
      return (Object) handle.invokeExact(a, b, c);
    } catch (Throwable t) {
      throw thrown(t);
    }
  }

  /** Calls a handle that takes all arguments in one array. */
  static @Nullable Object spread(MethodHandle handle, @Nullable Object[] values) {
    try {
      return (Object) handle.invokeExact(values);
    } catch (Throwable t) {
      throw thrown(t);
    }
  }

  /** What the caller gets of a throwable: itself, or a {@link PortFailure} for a checked one. */
  private static RuntimeException thrown(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return t instanceof RuntimeException unchecked ? unchecked : new PortFailure(t);
  }

  private static MethodHandle spreading(MethodHandle handle, int count) {
    return handle
        .asSpreader(Object[].class, count)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }
}
