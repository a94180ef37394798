package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function of the Lua module that changes the state of the module itself, such as {@code load} of
 * a settings file: it is run by Lua, whose answer counts, and then by Java with the same arguments,
 * whatever the mode, so that both sides know the same.
 *
 * <p>The parameters are those of a {@link Function}; the method keeps what it learns in one field
 * that it replaces whole. A new version of the port hears the latest call of each mirrored function
 * again before it answers anything.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Mirror {
  /** The name of the function in the Lua module. */
  String value();
}
