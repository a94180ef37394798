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
   * @return whether a separator follows the last of them
   */
  public static boolean read(byte[] bytes, int offset, int length, int most, Sink sink) {
    int end = offset + length;
    int count = 0;
    int at = offset;
    while (at < end) {
      int stop = indexOf(bytes, '&', at, end);
      int equals = indexOf(bytes, '=', at, stop);
      count++;
      if (equals > at) {
        byte[] name = UriEscape.unescape(bytes, at, equals - at);
        boolean hasValue = equals < stop;
        sink.accept(
            name, hasValue ? UriEscape.unescape(bytes, equals + 1, stop - equals - 1) : null);
      }
      if (count == most && stop < end) {
        return true;
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
