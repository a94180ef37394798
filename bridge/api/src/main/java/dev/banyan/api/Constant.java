package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of the Lua module that is no function: what this method without parameters answers is
 * what Lua reads there. Where the Lua module has the field itself, the two must be equal; a
 * difference is reported when the module is loaded.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Constant {
  /** The name of the field. */
  String value();
}
