package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function of the Lua module that is called for its results: Lua arguments in, results out.
 *
 * <p>Parameters are {@code String} (octets), {@code double}, {@code long}, {@code boolean}, their
 * boxed nullable forms, {@link View}, a capability, or one input record. The result is one such
 * value, {@code null} for nil, {@code void} for nothing, or {@link Results} for several.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Function {
  /** The name of the function in the Lua module. */
  String value();
}
