package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Input: all query arguments, as {@link Arguments}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface QueryArgs {
  /** How many arguments are parsed at most, as {@code ngx.req.get_uri_args(max)}; 0 for all. */
  int max() default 100;
}
