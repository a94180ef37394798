package dev.banyan.lua.ngx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a handler's run ended; the gateway acts on it. All strings are octet strings. */
public sealed interface Outcome {

  /**
   * The handler returned.
   *
   * @param values the strings and numbers it returned; null for anything else
   */
  record Done(List<@Nullable String> values) implements Outcome {
    /** Without results. */
    public static final Done NOTHING = new Done(List.of());
  }

  /**
   * {@code ngx.exit}: the status as Lua gave it. {@code 0} is {@code ngx.OK}, {@code -1} {@code
   * ngx.ERROR}, {@code -5} {@code ngx.DECLINED}; what it means depends on the phase.
   */
  record Exit(int status) implements Outcome {}

  /**
   * {@code ngx.exec}: an internal redirect.
   *
   * @param uri the location's URI, or a named location with its {@code @}
   * @param args raw arguments, empty for none
   */
  record Exec(String uri, String args) implements Outcome {
    /** Whether the target is a named location. */
    public boolean named() {
      return uri.startsWith("@");
    }
  }

  /** {@code ngx.redirect}: the Location field is already set. */
  record Redirect(int status, String location) implements Outcome {}

  /** {@code ngx.req.set_uri(uri, true)}: find the location again for the new URI. */
  record Jump(String uri) implements Outcome {}

  /** An error that nothing caught, or code that doesn't load; it is in the error log already. */
  record Failed(String message, String traceback) implements Outcome {}
}
