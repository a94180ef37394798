package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.transport.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: ranges of a body whose length is known. */
final class RangeFilter implements BodyFilter {
  private static final String UNIT = "bytes=";

  /** A range of bytes, both ends included. */
  private record Range(long first, long last) {}

  private final List<Range> ranges;
  private final List<byte[]> heads;
  private final byte[] tail;
  private @Nullable BodyFilter next;
  private final List<byte[]> whole = new ArrayList<>();
  private long position;

  private RangeFilter(List<Range> ranges, List<byte[]> heads, byte[] tail) {
    this.ranges = ranges;
    this.heads = heads;
    this.tail = tail;
  }

  /** Puts it before the filters that see the ranges alone. */
  RangeFilter before(BodyFilter filters) {
    next = filters;
    return this;
  }

  /** The first octet of the first range. */
  long first() {
    return ranges.getFirst().first();
  }

  /** Where the last range ends. */
  long end() {
    return ranges.getLast().last() + 1;
  }

  /** Looks at Range and sets the head up; null when the whole body is to be sent. */
  static @Nullable RangeFilter prepare(Request r) {
    Response response = r.response();
    Headers fields = response.headers();
    String lengthField = fields.first("Content-Length");
    if (!response.rangesAllowed()
        || response.status() != HttpStatus.OK
        || lengthField == null
        || r.client().exchange().version() < 10) {
      return null;
    }
    int configured = r.location().core().maxRanges();
    int most = response.singleRange() ? Math.min(configured, 1) : configured;
    String range = r.headers().first("Range");
    if (most == 0) {
      return null;
    }
    if (range == null
        || range.length() <= UNIT.length()
        || !range.regionMatches(true, 0, UNIT, 0, UNIT.length())
        || !ifRange(r)) {
      fields.add("Accept-Ranges", "bytes"); // even beside one that is there
      return null;
    }
    long length = Octets.decimal(lengthField);
    List<Range> ranges = parse(range.substring(UNIT.length()), length);
    if (ranges == null) {
      fields.add("Content-Range", "bytes */" + length);
      fields.remove("Content-Length");
      r.headerFilterRan(false); // it sees the error page's head too
      throw new ResponseAborted(HttpStatus.RANGE_NOT_SATISFIABLE);
    }
    if (ranges.isEmpty() || ranges.size() > most || total(ranges) > length) {
      fields.add("Accept-Ranges", "bytes"); // even beside one that is there
      return null;
    }
    response.status(HttpStatus.PARTIAL_CONTENT);
    return ranges.size() == 1
        ? single(response, ranges, length)
        : multiple(response, ranges, length);
  }

  private static long total(List<Range> ranges) {
    return ranges.stream().mapToLong(range -> range.last() - range.first() + 1).sum();
  }

  private static RangeFilter single(Response response, List<Range> ranges, long length) {
    Headers fields = response.headers();
    Range one = ranges.getFirst();
    fields.add("Content-Range", "bytes " + one.first() + "-" + one.last() + "/" + length);
    response.places().ownLength(one.last() - one.first() + 1);
    return new RangeFilter(ranges, List.of(new byte[0]), new byte[0]);
  }

  private static RangeFilter multiple(Response response, List<Range> ranges, long length) {
    Headers fields = response.headers();
    String boundary = String.format(java.util.Locale.ROOT, "%020d", System.nanoTime());
    String type = response.places().typeOnWire();
    response.places().typeCharset("");
    List<byte[]> heads = new ArrayList<>();
    long total = 0;
    for (Range range : ranges) {
      String head =
          "\r\n--"
              + boundary
              + "\r\n"
              + (type == null ? "" : "Content-Type: " + type + "\r\n")
              + "Content-Range: bytes "
              + range.first()
              + "-"
              + range.last()
              + "/"
              + length
              + "\r\n\r\n";
      heads.add(Octets.bytes(head));
      total += head.length() + range.last() - range.first() + 1;
    }
    byte[] tail = Octets.bytes("\r\n--" + boundary + "--\r\n");
    fields.set("Content-Type", "multipart/byteranges; boundary=" + boundary);
    response.places().ownLength(total + tail.length);
    return new RangeFilter(ranges, heads, tail);
  }

  private static boolean ifRange(Request r) {
    String condition = r.headers().first("If-Range");
    if (condition == null) {
      return true;
    }
    FieldPlaces places = r.response().places();
    if (condition.endsWith("\"")) {
      return condition.equals(places.tag());
    }
    String modified = places.lastModified();
    OptionalLong last = modified == null ? OptionalLong.empty() : HttpTime.parse(modified);
    OptionalLong wanted = HttpTime.parse(condition);
    return last.isPresent() && wanted.isPresent() && last.getAsLong() == wanted.getAsLong();
  }

  /** The ranges; null when none can be satisfied, empty when the field makes no sense. */
  private static @Nullable List<Range> parse(String text, long length) {
    List<Range> ranges = new ArrayList<>();
    for (String spec : text.split(",", -1)) {
      String part = spec.strip();
      int dash = part.indexOf('-');
      if (dash < 0) {
        return null;
      }
      long first = Octets.decimal(part.substring(0, dash).strip());
      long last = Octets.decimal(part.substring(dash + 1).strip());
      if (dash == 0) {
        if (last < 0) {
          return null;
        }
        first = Math.max(0, length - last);
        last = length - 1;
      } else if (dash == part.length() - 1) {
        last = length - 1;
      } else if (last < 0) {
        return null;
      }
      if (first < 0) {
        return null;
      }
      last = Math.min(last, length - 1);
      if (first <= last) {
        ranges.add(new Range(first, last));
      } else if (first == 0) {
        return List.of(); // the start of nothing
      }
    }
    return ranges.isEmpty() ? null : ranges;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (ranges.size() > 1) {
      whole.add(piece.bytes());
      if (last) {
        writeParts();
      }
      return;
    }
    byte[] bytes = piece.bytes();
    Range range = ranges.getFirst();
    int from = Math.clamp(range.first() - position, 0, bytes.length);
    int to = Math.clamp(range.last() + 1 - position, 0, bytes.length);
    position += bytes.length;
    byte[] part = from < to ? java.util.Arrays.copyOfRange(bytes, from, to) : new byte[0];
    if (part.length > 0 || last) {
      following().write(Chunk.of(part), last);
    }
  }

  private void writeParts() {
    int size = whole.stream().mapToInt(b -> b.length).sum();
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : whole) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      following().write(Chunk.of(heads.get(i)), false);
      following()
          .write(
              Chunk.of(
                  java.util.Arrays.copyOfRange(all, (int) range.first(), (int) range.last() + 1)),
              false);
    }
    following().write(Chunk.of(tail), true);
  }

  @Override
  public void flush() {
    following().flush();
  }

  private BodyFilter following() {
    return Objects.requireNonNull(next, "not put before the other filters");
  }
}
