package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Input: a header of the response, as {@code ngx.header} reads it; {@code List<String>} gets all
 * values in wire order, {@code String} the first, null when it is missing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ResponseHeader {
  /** The name, in any case. */
  String value();
}
