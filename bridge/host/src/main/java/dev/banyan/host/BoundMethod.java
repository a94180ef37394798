package dev.banyan.host;

import java.util.List;

/**
 * Immutable, for any thread: a method of objects that the Lua module makes.
 *
 * @param makers the functions of the module that answer such objects
 * @param function the method, whose first Lua argument is the object
 */
public record BoundMethod(List<String> makers, BoundFunction function) {
  /** Copies the makers. */
  public BoundMethod {
    makers = List.copyOf(makers);
  }

  /** The name under which calls are counted and switched: {@code :name}. */
  public String name() {
    return function.name();
  }
}
