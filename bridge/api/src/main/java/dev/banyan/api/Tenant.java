package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Input: the settings of the tenant that the request belongs to, which the legacy keeps in {@code
 * ngx.ctx.tenant}; of the types that {@link Ctx} allows.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Tenant {
  /** A dotted place inside of the settings, such as {@code auth}; empty for all of them. */
  String value() default "";
}
