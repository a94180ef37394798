package dev.banyan.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes the method handles of a port, spread over one array of arguments. */
final class Handles {
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
      return spread(handle, types.length);
    } catch (ReflectiveOperationException e) {
      throw new PortDefect("record " + type.getName() + " can't be constructed: " + e.getMessage());
    }
  }

  /** A handle {@code (Object[]) -> Object} for a method of {@code target}. */
  static MethodHandle method(Object target, Method method) {
    try {
      MethodHandle handle =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
              .unreflect(method)
              .bindTo(target);
      return spread(handle, method.getParameterCount());
    } catch (IllegalAccessException e) {
      throw new PortDefect("method " + method + " can't be reached: " + e.getMessage());
    }
  }

  static Object construct(MethodHandle constructor, @Nullable Object[] values) {
    Object made = call(constructor, values);
    if (made == null) {
      throw new IllegalStateException("a constructor answered null");
    }
    return made;
  }

  static @Nullable Object call(MethodHandle handle, @Nullable Object[] values) {
    try {
      return (Object) handle.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable checked) {
      throw new PortFailure(checked);
    }
  }

  private static MethodHandle spread(MethodHandle handle, int count) {
    return handle
        .asSpreader(Object[].class, count)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }
}
