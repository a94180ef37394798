package dev.banyan.lua.ngx;

import dev.banyan.lua.ngx.text.FieldEscape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands where a field or the arguments were set, without a request at which they are. */
public final class FieldEffects {
  private FieldEffects() {}

  /** The values of a response's field that was replaced by these; null for no field. */
  public static @Nullable List<String> response(String name, List<String> values) {
    List<String> shown = ResponseFields.shown(name, values);
    return shown.isEmpty() ? null : shown;
  }

  /** The values of a request's field that was replaced by this one; null for no field. */
  public static @Nullable List<String> request(@Nullable String value) {
    return value == null || value.isEmpty() ? null : List.of(FieldEscape.VALUE.escape(value));
  }

  /** The arguments. */
  public static String arguments(String raw) {
    return FieldEscape.ARGS.escape(raw);
  }

  /** Whether a request's field takes a value; {@code ngx.req.set_header} fails where not. */
  public static boolean isAccepted(RequestHost request, String name, String value) {
    return RequestFields.accepts(request, name, value);
  }

  /** Whether a response's field takes these values; {@code ngx.header} fails where not. */
  public static boolean isAccepted(String name, String value) {
    return ResponseFields.accepts(name, value);
  }
}
