package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: sends the other slices behind the first one. Each is a subrequest
 * with filters of its own, and is in memory as a whole before it goes on.
 */
final class SliceFilter implements BodyFilter {
  private static final Chunk NOTHING = Chunk.of(new byte[0]);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes +(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  private final Request request;
  private final Slices slices;
  private final BodyFilter next;
  private final long first;
  private final long end;

  private SliceFilter(
      Request request, Slices slices, BodyFilter next, @Nullable RangeFilter range, long length) {
    this.request = request;
    this.slices = slices;
    this.next = next;
    this.first = range == null ? 0 : range.first();
    this.end = range == null ? length : range.end();
  }

  /**
   * Makes of the head of a client's first slice that of the whole, and checks that a later one
   * belongs to it.
   */
  static void prepare(Request r) {
    Slices slices = r.slices();
    if (slices == null) {
      return;
    }
    Response response = r.response();
    Headers fields = response.headers();
    if (response.status() != HttpStatus.PARTIAL_CONTENT) {
      if (!r.isMain()) {
        throw failed(r, "unexpected status code " + response.status() + " in slice response");
      }
      r.slices(null);
      return;
    }
    String etag = fields.first("ETag");
    String known = slices.etag();
    if (known != null && !known.equals(etag)) {
      throw failed(r, "etag mismatch in slice response");
    }
    String range = fields.first("Content-Range");
    Matcher parts = CONTENT_RANGE.matcher(range == null ? "" : range);
    if (!parts.matches()) {
      throw failed(r, "invalid range in slice response");
    }
    if (parts.group(3).equals("*")) {
      throw failed(r, "no complete length in slice response");
    }
    long start = Long.parseLong(parts.group(1));
    long end = Long.parseLong(parts.group(2)) + 1;
    long complete = Long.parseLong(parts.group(3));
    if (start != slices.start() || end != slices.end(complete)) {
      throw failed(r, "unexpected range in slice response: " + start + "-" + end);
    }
    if (r.isMain()) {
      slices.etag(etag);
      response.status(HttpStatus.OK);
      fields.set("Content-Length", Long.toString(complete));
      fields.remove("Content-Range");
      fields.remove("Accept-Ranges");
      response.allowOneRange(true);
    }
  }

  private static ResponseAborted failed(Request r, String why) {
    r.log(ErrorLog.ERROR, why);
    return new ResponseAborted(-1);
  }

  /** Whether a client's answer is put together from slices. */
  static boolean wanted(Request r) {
    return r.isMain() && r.slices() != null;
  }

  /**
   * One for an answer whose head is complete.
   *
   * @param length of the whole
   * @param range what of it the client gets; null for all
   */
  static SliceFilter of(Request r, long length, @Nullable RangeFilter range, BodyFilter next) {
    Slices slices = Objects.requireNonNull(r.slices(), "nothing is sliced");
    SliceFilter filter = new SliceFilter(r, slices, next, range, length);
    slices.wanted(filter.first, filter.end);
    return filter;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    next.write(piece, false);
    if (!last) {
      return;
    }
    request.response().flush(); // the client needn't wait for the next one
    slices.advance(first);
    while (slices.start() < end) {
      next.write(Chunk.of(fetch()), false);
      request.response().awaitWritable(request.location().core().sendTimeout(), false);
      slices.advance(0);
    }
    request.slices(null);
    next.write(NOTHING, true);
  }

  private byte[] fetch() {
    CaptureSink sink = new CaptureSink(CaptureSink.Purpose.PAGE);
    SubrequestPlan plan =
        new SubrequestPlan(
            request.method(),
            request.uri(),
            request.args(),
            request.headers().copy(),
            SubrequestPlan.BodyPlan.INHERIT,
            request.cells(),
            null);
    Request sub = new Request(request, plan, sink);
    sub.location(request.location());
    sub.slices(slices);
    AwaitedSubrequest.serve(sub, "slice", PhaseEngine.Entry.CONTENT);
    if (sink.aborted() || sub.response().status() != HttpStatus.PARTIAL_CONTENT) {
      throw new ResponseAborted(-1);
    }
    return sink.body();
  }

  @Override
  public void flush() {
    next.flush();
  }
}
