package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Input: the whole request body as {@code byte[]}, null when there is none or it is larger than
 * {@link #max} (as {@code ngx.req.get_body_data} answers nil for a body that lies in a file).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Body {
  /** The most bytes that the port wants to see. */
  int max() default 1 << 20;
}
