package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Input: a value of {@code ngx.ctx}: a string, number, boolean, {@link View}, or a record whose
 * components are read from the table of that name, in snake case. A dotted name descends into
 * tables.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Ctx {
  /** The key, such as {@code tenant} or {@code tenant.auth}. */
  String value();
}
