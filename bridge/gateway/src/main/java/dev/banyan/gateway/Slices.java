package dev.banyan.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: which part of a whole answer an origin is asked for now: {@code
 * slice}. It is there once {@code $slice_range} was asked for.
 */
final class Slices {
  private static final String UNIT = "bytes=";

  private final long size;
  private long start;
  private long first;
  private long end = Long.MAX_VALUE;
  private @Nullable String etag;

  private Slices(long size, long start) {
    this.size = size;
    this.start = start;
  }

  /** {@code $slice_range}; null where nothing is sliced. */
  static @Nullable String range(Request r) {
    Slices slices = r.slices();
    if (slices == null) {
      long size = r.location().settings().bodyFilters().slice();
      if (size == 0 || !r.isMain() || r.response().status() != 0) {
        return null;
      }
      slices = new Slices(size, size * (wantedFrom(r) / size));
      r.slices(slices);
    }
    return UNIT + slices.start + "-" + (slices.start + slices.size - 1);
  }

  /** The first octet that a client wants, as far as that is plain to see. */
  private static long wantedFrom(Request r) {
    String range = r.headers().first("Range");
    if (range == null
        || r.headers().contains("If-Range")
        || !range.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return 0;
    }
    int from = Octets.afterSpaces(range, UNIT.length());
    int end = from;
    while (end < range.length() && Character.isDigit(range.charAt(end))) {
      end++;
    }
    return Math.max(0, Octets.decimal(range.substring(from, end)));
  }

  /** The same slice, for a request that isn't one of those that go through all. */
  Slices copy() {
    Slices same = new Slices(size, start);
    same.etag = etag;
    return same;
  }

  long start() {
    return start;
  }

  /** Where the slice ends in a whole of so many octets. */
  long end(long complete) {
    return Math.min(start + size, complete);
  }

  /** Says which part of the whole the client gets. */
  void wanted(long from, long to) {
    first = from;
    end = to;
  }

  /** Where in the slice the part begins that the client gets. */
  long skipped() {
    return Math.max(0, first - start);
  }

  /** How many octets of the slice the client gets. */
  long shown() {
    return Math.max(0, Math.min(end - start, size) - skipped());
  }

  /** Goes on to the next slice, or to the one that holds an octet behind it. */
  void advance(long octet) {
    start = Math.max(start + size, size * (octet / size));
  }

  /** The ETag of the first slice, which the others have to have too; null for none. */
  @Nullable String etag() {
    return etag;
  }

  void etag(@Nullable String value) {
    etag = value;
  }
}
