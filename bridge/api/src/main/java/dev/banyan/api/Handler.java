package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function of the Lua module that is called for what it does to the request: the port answers
 * with a {@link Decision}.
 *
 * <p>The method takes at most one input record, any capabilities, and for what is left of its
 * parameters Lua's arguments as a {@link Function} does.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Handler {
  /** The name of the function in the Lua module. */
  String value();

  /** The phases in which the legacy calls it; calls in others stay in Lua. None means all. */
  Phase[] phase() default {};
}
