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

  /** Headers of the request; {@code *} for any. */
  String[] requestHeaders() default {};

  /** Headers of the response; {@code *} for any. */
  String[] responseHeaders() default {};

  /** Whether the URI or the arguments may be rewritten. */
  boolean uri() default false;

  /** Whether the status of the response may be set. */
  boolean status() default false;

  /** Whether the pieces of the response body may be replaced. */
  boolean chunk() default false;

  /** Whether the peer of the upstream may be chosen. */
  boolean peer() default false;

  /** Files beneath the prefix folder to which lines may be appended. */
  String[] files() default {};

  /** Names of timers that may be asked for, each of a method with {@link Timer}. */
  String[] timers() default {};
}
