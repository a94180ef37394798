package dev.banyan.gateway;

import dev.banyan.nginx.AdditionSettings;
import dev.banyan.transport.Chunk;

/**
 * Owned by its request's loop: {@code add_before_body} and {@code add_after_body}. It stands behind
 * the filters that change the body itself, which the pages around it have their own of.
 */
final class AdditionFilter implements BodyFilter {
  private static final Chunk NOTHING = Chunk.of(new byte[0]);

  private final Request request;
  private final AdditionSettings settings;
  private final BodyFilter next;
  private boolean begun;

  AdditionFilter(Request request, AdditionSettings settings, BodyFilter next) {
    this.request = request;
    this.settings = settings;
    this.next = next;
  }

  static boolean wanted(Request r, AdditionSettings settings) {
    return settings.any()
        && r.isMain()
        && r.response().status() == HttpStatus.OK
        && Charset.listed(r.response().headers().first("Content-Type"), settings.types());
  }

  static void prepare(Response response) {
    response.headers().remove("Content-Length");
    response.headers().remove("Accept-Ranges");
    response.allowRanges(false);
    GzipFilter.weaken(response.headers());
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (!begun) {
      begun = true;
      add(settings.before());
    }
    next.write(piece, false);
    if (last) {
      if (!settings.after().isEmpty()) {
        // the end that a page follows has some of its own
        request.response().trailers().bodyEnds(request);
      }
      add(settings.after());
      next.write(NOTHING, true);
    }
  }

  private void add(String uri) {
    if (uri.isEmpty()) {
      return;
    }
    byte[] page = page(uri);
    if (page.length > 0) {
      next.write(Chunk.of(page), false);
    }
  }

  /** What the location of a URI answers, an error's page included. */
  private byte[] page(String uri) {
    CaptureSink sink = new CaptureSink(CaptureSink.Purpose.PAGE);
    SubrequestPlan plan =
        new SubrequestPlan(
            "GET",
            uri,
            "",
            request.headers().copy(),
            request.body().isRead()
                ? SubrequestPlan.BodyPlan.INHERIT
                : SubrequestPlan.BodyPlan.UNREAD,
            request.cells(),
            null);
    Request sub = new Request(request, plan, sink);
    AwaitedSubrequest.serve(sub, "addition", PhaseEngine.Entry.SERVER_REWRITE);
    return sink.body();
  }

  @Override
  public void flush() {
    next.flush();
  }
}
