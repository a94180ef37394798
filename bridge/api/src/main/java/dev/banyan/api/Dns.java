package dev.banyan.api;

import java.io.IOException;
import java.util.List;

/**
 * Capability: addresses of names, by nginx's {@code resolver}, yielding the request while a name
 * server is asked. In shadow they are what the control's own port got; Lua has no such function.
 */
@FunctionalInterface
public interface Dns {
  /**
   * The addresses of a name, at least one.
   *
   * @throws IOException when it has none or no name server answers
   */
  List<String> addresses(String name) throws IOException;
}
