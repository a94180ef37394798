package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which requests the handlers of a port are about: for all others the port answers "next" unasked,
 * at no cost. All kinds of conditions that are given must hold, and of each kind any one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Relevant {
  /** Hosts, exact or with a leading {@code *.}. */
  String[] hosts() default {};

  /** Prefixes of the normalised path. */
  String[] paths() default {};

  /** Names of request headers that are there. */
  String[] headers() default {};

  /**
   * Dotted places in the settings of the tenant, at least one of which is neither nil nor false.
   */
  String[] features() default {};
}
