package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.SrcacheSettings;
import dev.banyan.transport.Chunk;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code srcache_store}, which copies an answer that passes. */
final class SrcacheStore implements BodyFilter {
  private static final Set<Integer> STORED = Set.of(200, 301, 302, 307, 308);

  /** What nginx adds for the head of an answer whose length is announced. */
  private static final int ABOUT_A_HEAD = 15;

  private final Request request;
  private final Srcache state;
  private final BodyFilter next;

  SrcacheStore(Request request, Srcache state, BodyFilter next) {
    this.request = request;
    this.state = state;
    this.next = next;
  }

  /** Decides whether an answer is kept whose fields Lua has seen, and keeps its head. */
  static void prepare(Request r) {
    Srcache state = r.srcache();
    SrcacheSettings settings = r.location().settings().srcache();
    if (state == null
        || state.isFromCache()
        || settings.store() == null
        || r.method().equals("HEAD")
        || !settings.methods().contains(r.method())) {
      return;
    }
    Response response = r.response();
    String encoding = response.headers().first("Content-Encoding");
    if (!settings.ignoreEncoding() && encoding != null && !encoding.isEmpty()) {
      r.log(
          ErrorLog.WARN,
          "srcache_store skipped due to response header \"Content-Encoding: "
              + encoding
              + "\" (maybe you forgot to disable compression on the backend?)");
      return;
    }
    if (settings.responseControl() && refused(r, settings, state)) {
      return;
    }
    if (Srcache.says(settings.storeSkip(), r)) {
      state.skip();
      return;
    }
    int status = response.status();
    Set<Integer> wanted = settings.statuses().isEmpty() ? STORED : settings.statuses();
    String length = response.headers().first("Content-Length");
    long announced = length == null ? 0 : Octets.decimal(length);
    boolean tooLong =
        settings.maxSize() != 0 && announced > 0 && announced + ABOUT_A_HEAD > settings.maxSize();
    if (wanted.contains(status) && !tooLong) {
      state.begin(status, head(response, settings));
    }
  }

  /** Whether its own fields say that it is not to be kept; tells how long it may be. */
  private static boolean refused(Request r, SrcacheSettings settings, Srcache state) {
    Headers fields = r.response().headers();
    long now = r.worker().nowMillis() / 1000;
    for (String control : fields.all("Cache-Control")) {
      if ((!settings.storePrivate() && SrcacheFetch.holds(control, "private"))
          || (!settings.storeNoStore() && SrcacheFetch.holds(control, "no-store"))
          || (!settings.storeNoCache() && SrcacheFetch.holds(control, "no-cache"))) {
        return true;
      }
      int age = control.toLowerCase(Locale.ROOT).indexOf("max-age=");
      if (state.validUntil() == 0 && age >= 0) {
        long seconds = Octets.decimal(control.substring(age + 8).split("[,; ]", 2)[0]);
        if (seconds <= 0) {
          return true;
        }
        state.validUntil(now + seconds);
      }
    }
    String expires = fields.first("Expires");
    if (state.validUntil() == 0 && expires != null) {
      OptionalLong time = HttpTime.parse(expires);
      if (time.isEmpty() || time.getAsLong() <= now) {
        return true;
      }
      state.validUntil(time.getAsLong());
    }
    return false;
  }

  private static String head(Response response, SrcacheSettings settings) {
    Set<String> hidden = settings.hidden();
    Headers fields = response.headers();
    FieldPlaces places = response.places();
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(statusLine(response)).append("\r\n");
    String type = fields.first("Content-Type");
    if (type != null && !type.isEmpty() && !hidden.contains("content-type")) {
      line(head, "Content-Type", type);
    }
    String modified = fields.first("Last-Modified");
    if (modified != null && places.datedAsFile() && !hidden.contains("last-modified")) {
      if (List.of(200, 204, 206, 304).contains(response.status())) {
        line(head, "Last-Modified", modified);
      }
    }
    if (response.rangesAllowed()) {
      line(head, "X-SRCache-Allow-Ranges", "1");
    }
    fields.forEach((name, value) -> {
      if (!places.isOwn(name) && !hidden.contains(name.toLowerCase(Locale.ROOT))) {
        line(head, name, value);
      }
    });
    return head.append("\r\n").toString();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** In nginx's words, which it has for some alone. */
  private static String statusLine(Response response) {
    if (!response.statusLine().isEmpty()) {
      return response.statusLine();
    }
    int status = response.status();
    boolean worded =
        (status >= 200 && status < 207)
            || (status > 300 && status < 309)
            || (status >= 400 && status < 417)
            || (status >= 500 && status < 508);
    boolean silent = List.of(203, 205, 305, 306, 407, 414, 505, 506).contains(status);
    return worded
        ? silent ? "" : status + " " + HttpStatus.reason(status)
        : Integer.toString(status);
  }

  @Override
  public void write(Chunk piece, boolean last) {
    byte[] octets = piece.bytes();
    if (state.isStoring()) {
      keep(octets, last);
    }
    next.write(Chunk.of(octets), last);
  }

  private void keep(byte[] octets, boolean last) {
    SrcacheSettings settings = request.location().settings().srcache();
    Response response = request.response();
    boolean part = response.status() == HttpStatus.PARTIAL_CONTENT && state.storedStatus() == 200;
    boolean tooLong =
        settings.maxSize() != 0 && state.length() + octets.length > settings.maxSize();
    if ((part && !settings.storeRanges()) || tooLong) {
      state.drop();
      return;
    }
    state.add(octets);
    if (last) {
      complete(settings, part);
    }
  }

  private void complete(SrcacheSettings settings, boolean part) {
    Response response = request.response();
    String length = response.headers().first("Content-Length");
    long announced = length == null ? -1 : Octets.decimal(length);
    if (announced > state.bodyLength()) {
      request.log(
          ErrorLog.ERROR,
          "srcache_store: skipped because response body truncated: "
              + announced
              + " > "
              + state.bodyLength());
      state.drop();
      return;
    }
    SrcacheSettings.Call store = settings.store();
    if (store == null || Srcache.says(settings.storeSkip(), request)) {
      state.drop();
      return;
    }
    byte[] kept = state.octets();
    if (part) {
      kept["HTTP/1.1 20".length()] = '6';
    }
    state.store(SrcacheCall.of(request, store, kept, new CaptureSink(CaptureSink.Purpose.HEAD)));
  }

  /** Keeps the answer of a request, whose client has it, before the request ends. */
  static void finish(Request r) {
    Srcache state = r.srcache();
    @Nullable Request store = state == null ? null : state.store();
    if (state == null || store == null) {
      return;
    }
    state.store(null);
    r.response().flush();
    AwaitedSubrequest.serve(store, "srcache store", PhaseEngine.Entry.SERVER_REWRITE);
    int status = store.response().status();
    if (status >= HttpStatus.SPECIAL_RESPONSE) {
      r.log(ErrorLog.ERROR, "srcache_store subrequest failed: rc=" + status + " status=0");
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
