package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a port may change: an effect that is not named here is refused, and in shadow mode these are
 * the places that are compared.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Writes {
  /** Keys of {@code ngx.ctx}. */
  String[] ctx() default {};

  /** Variables of nginx. */
  String[] vars() default {};

  /** Headers of the request. */
  String[] requestHeaders() default {};

  /** Headers of the response. */
  String[] responseHeaders() default {};

  /** Whether the URI or the arguments may be rewritten. */
  boolean uri() default false;
}
