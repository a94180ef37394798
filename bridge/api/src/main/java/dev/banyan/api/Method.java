package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of objects that the Lua module makes: {@code object:name(...)}. The object comes as the
 * first Lua argument, a {@link View}; everything else is as for a {@link Function}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Method {
  /** The name of the method. */
  String value();

  /** The functions of the Lua module that return such objects. */
  String[] of();
}
