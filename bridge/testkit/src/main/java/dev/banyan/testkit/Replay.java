package dev.banyan.testkit;

import dev.banyan.api.Port;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test for each vector that {@code banyan learn} has recorded: the port must do what Lua did, and
 * no Lua, server or network is there. The method takes a {@link ReplayedVector}:
 *
 * <pre>{@code
 * @Replay(value = "waf", port = Waf.class)
 * void doesWhatLuaDid(ReplayedVector vector) {
 *   vector.check();
 * }
 * }</pre>
 */
@TestTemplate
@ExtendWith(ReplayExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Replay {
  /** The vectors' folder: a path, or a name of one in {@code src/test/vectors}. */
  String value();

  /** The port, which has a public constructor without parameters. */
  Class<? extends Port> port();

  /** Whether the port may leave a call to Lua, as it may in production. */
  boolean mayDecline() default false;
}
