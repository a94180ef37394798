package dev.banyan.lua.ngx.text;

import org.jspecify.annotations.Nullable;

/**
 * Splits an argument string the way {@code ngx.decode_args} and {@code ngx.req.get_uri_args} do.
 */
public final class QueryArgs {
  /** Takes the arguments in order; both arrays are decoded. */
  @FunctionalInterface
  public interface Sink {
    /** One argument; {@code value} is null where there is no equals sign. */
    void accept(byte[] name, byte @Nullable [] value);
  }

  private QueryArgs() {}

  /**
   * Reads arguments.
   *
   * @param most how many are read, nameless ones included; 0 or less for all
   * @return whether there were more than that
   */
  public static boolean read(byte[] bytes, int offset, int length, int most, Sink sink) {
    int end = offset + length;
    int count = 0;
    int at = offset;
    while (at < end) {
      int stop = indexOf(bytes, '&', at, end);
      int equals = indexOf(bytes, '=', at, stop);
      if (most > 0 && count == most) {
        return true;
      }
      count++;
      if (equals > at) {
        byte[] name = UriEscape.unescape(bytes, at, equals - at);
        boolean hasValue = equals < stop;
        sink.accept(
            name, hasValue ? UriEscape.unescape(bytes, equals + 1, stop - equals - 1) : null);
      }
      at = stop + 1;
    }
    return false;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return end;
  }
}
