package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function of the Lua module that is called for what it does to the request: the port answers
 * with a {@link Decision}.
 *
 * <p>The method takes at most one input record and any capabilities, in any order.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Handler {
  /** The name of the function in the Lua module. */
  String value();

  /** The phase in which the legacy calls it; calls in other phases stay in Lua. */
  Phase phase();
}
