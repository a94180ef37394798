package dev.banyan.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the port does later, outside of any request, when one of its decisions asked for it by
 * {@link Decision#later}: what the legacy gives to {@code ngx.timer.at}.
 *
 * <p>The method returns nothing. Its parameters are any capabilities and, as Lua's callback gets
 * them, a {@code boolean} that says whether it runs early because the worker ends, followed by the
 * arguments of the decision. It runs on the version of the port that asked, and a failure is
 * reported: there is no Lua to go back to. In shadow the times are compared and nothing runs.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Timer {
  /** The name by which decisions ask for it, and which {@link Writes#timers} declares. */
  String value();

  /** The most seconds that it may take, waiting included. */
  int seconds() default 60;
}
