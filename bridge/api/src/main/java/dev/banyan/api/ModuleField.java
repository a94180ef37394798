package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Input: a field of the Lua module itself that is no function, such as a constant; of the types
 * that {@link Ctx} allows.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ModuleField {
  /** The name of the field. */
  String value();
}
