package dev.banyan.testkit;

import dev.banyan.api.Port;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that changes recorded inputs a little, gives them to the Lua module and to its port in
 * this JVM, and compares: other lengths, other values that the place has had, nothing where there
 * was nothing once, neighbours of numbers, other fields of the head, another time. The method takes
 * {@link Twins}:
 *
 * <pre>{@code
 * @Twin(value = "waf", port = Waf.class)
 * void doesWhatLuaDoes(Twins twins) {
 *   twins.check();
 * }
 * }</pre>
 *
 * <p>The same seed makes the same inputs; {@code -Dtwin.seed=SEED} plays one case alone.
 */
@Test
@ExtendWith(TwinExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Twin {
  /** The vectors' folder: a path, or a name of one in {@code src/test/vectors}. */
  String value();

  /** The port, which has a public constructor without parameters. */
  Class<? extends Port> port();

  /** The legacy's folder, sought from the working folder upwards; its {@code nginx.conf} counts. */
  String legacy() default "legacy-lua";

  /** How many inputs. */
  int cases() default 300;

  /** The seed of the first input; the others follow it. */
  long seed() default 1;
}
