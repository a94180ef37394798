package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Input: all request headers, as unmodifiable {@link Headers}, as they are at the call. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface AllHeaders {
  /** How many headers are seen at most, as {@code ngx.req.get_headers(max)}; 0 for all. */
  int max() default 100;
}
