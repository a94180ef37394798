package dev.banyan.lua.seam;

import dev.banyan.lua.ngx.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one call: who called a port, and gets its answer in terms of its own: Lua's code, or a
 * declared pipeline.
 *
 * @param <R> what the caller gets
 */
interface Caller<R> {
  /**
   * Makes a value ready to be put into {@code ngx.ctx}; nothing has happened yet.
   *
   * @return what {@link #put} is given
   * @throws Unappliable when Lua has no such value
   */
  Object ready(@Nullable Object value) throws Unappliable;

  /** Puts what {@link #ready} answered into {@code ngx.ctx}. */
  void put(String key, Object ready);

  /**
   * The function returns these.
   *
   * @throws Unappliable when Lua has no such value
   */
  R results(List<@Nullable Object> values) throws Unappliable;

  /**
   * The function returns this one value.
   *
   * @throws Unappliable when Lua has no such value
   */
  R result(@Nullable Object value) throws Unappliable;

  /** The handler ends. */
  R ended(Outcome outcome);

  /** The function raises an error. */
  R raised(String message);

  /** Lua answers the call. */
  R lua();
}
