package dev.banyan.lua.ngx;

import dev.banyan.api.FieldNames;
import org.jspecify.annotations.Nullable;

/** How the name of a header field is spelled once it was set, as HTTP/1.1 shows it. */
public final class FieldSpelling {
  /** Fields that nginx writes in its own spelling, or in one of two. */
  private static final FieldNames NGINX =
      FieldNames.of(
          "content-type", "content-length", "location", "last-modified", "connection", "host");

  private FieldSpelling() {}

  /** Whether what Lua or a port writes is what goes out. */
  public static boolean isShown(String name) {
    return !NGINX.contains(name);
  }

  /**
   * The spelling of a response's field after it was set.
   *
   * @param before how it was spelled; null when there was none
   * @param name how whoever set it spelled it
   */
  public static String response(@Nullable String before, String name) {
    return before == null || ResponseFields.isRespelled(name) ? name : before;
  }

  /** The same of a request's field, which keeps its spelling. */
  public static String request(@Nullable String before, String name) {
    return before == null ? name : before;
  }
}
