package dev.banyan.gateway;

import dev.banyan.nginx.SrcacheSettings;
import dev.banyan.transport.Chunk;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code srcache_fetch}: at the end of the access phase a subrequest is asked for the answer. */
final class SrcacheFetch {
  private static final String NO_CACHE = "no-cache";
  private static final String NO_STORE = "no-store";

  private SrcacheFetch() {}

  /** Answers with what is kept; {@link Signal#NEXT} where nothing is. */
  static Verdict run(Request r) {
    SrcacheSettings settings = r.location().settings().srcache();
    if (!settings.used() || !settings.methods().contains(r.method())) {
      return Signal.NEXT;
    }
    if (settings.requestControl() && refuses(r, NO_CACHE)) {
      if (!refuses(r, NO_STORE)) {
        r.srcache(new Srcache());
      }
      return Signal.NEXT;
    }
    Srcache state = new Srcache();
    r.srcache(state);
    SrcacheSettings.Call fetch = settings.fetch();
    if (Srcache.says(settings.fetchSkip(), r) || fetch == null) {
      return Signal.NEXT;
    }
    r.body().read();
    SrcacheAnswer answer = ask(r, fetch, settings, state);
    return answer == null ? Signal.NEXT : send(r, answer, state);
  }

  private static boolean refuses(Request r, String word) {
    boolean told = r.headers().all("Cache-Control").stream().anyMatch(v -> holds(v, word));
    return told
        || (word.equals(NO_CACHE)
            && r.headers().all("Pragma").stream().anyMatch(v -> holds(v, word)));
  }

  static boolean holds(String value, String word) {
    return value.toLowerCase(Locale.ROOT).contains(word);
  }

  private static @Nullable SrcacheAnswer ask(
      Request r, SrcacheSettings.Call fetch, SrcacheSettings settings, Srcache state) {
    CaptureSink sink = new CaptureSink(CaptureSink.Purpose.ANSWER);
    Request sub = SrcacheCall.of(r, fetch, null, sink);
    state.asked();
    AwaitedSubrequest.serve(sub, "srcache fetch", PhaseEngine.Entry.SERVER_REWRITE);
    if (sub.endsAll()) {
      throw new ResponseAborted(HttpStatus.CLOSE);
    }
    if (sub.response().status() != HttpStatus.OK) {
      return null;
    }
    if (sink.aborted()) {
      r.log(ErrorLog.ERROR, "srcache_fetch: cache sent truncated response body");
      return null;
    }
    try {
      return SrcacheAnswer.parse(Octets.string(sink.body()), settings.headerBuffer());
    } catch (SrcacheAnswer.Malformed e) {
      r.log(ErrorLog.ERROR, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Verdict send(Request r, SrcacheAnswer answer, Srcache state) {
    state.fromCache();
    Response response = r.response();
    response.status(answer.status());
    byte[] body = Octets.bytes(answer.body());
    response.places().ownLength(body.length);
    for (String[] field : answer.fields()) {
      take(response, field[0], field[1]);
    }
    response.sendHead();
    response.write(Chunk.of(body), true);
    return Verdict.answered();
  }

  private static void take(Response response, String name, String value) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "content-type" -> response.headers().set("Content-Type", value);
      case "content-length" -> {
        response.places().listLength();
        response.headers().set("Content-Length", value);
      }
      case "connection", "keep-alive" -> {
        // the connection's own, which is another one now
      }
      case "x-srcache-allow-ranges" -> response.allowRanges(true);
      case "server" -> {
        response.decideServer();
        response.headers().add(name, value);
      }
      case "date" -> {
        response.decideDate();
        response.headers().add(name, value);
      }
      default -> response.headers().add(name, value);
    }
  }
}
