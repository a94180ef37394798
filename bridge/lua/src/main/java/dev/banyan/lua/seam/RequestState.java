package dev.banyan.lua.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.DueTimers;
import dev.banyan.lua.ngx.FieldSpelling;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the watched places of a request. */
final class RequestState {
  private RequestState() {}

  static Map<String, @Nullable Object> read(RequestHost request, Watched watched) {
    Map<String, @Nullable Object> state = new TreeMap<>();
    for (String key : watched.ctx()) {
      Object value = JavaValues.toJava(RequestContext.get(request, key));
      state.put("ctx " + key, JavaValues.lasting(value));
    }
    for (String name : watched.vars()) {
      state.put("var " + name, request.variable(name));
    }
    headers("request header ", watched.requestHeaders(), request.requestHeaders(), state);
    headers("response header ", watched.responseHeaders(), request.responseHeaders(), state);
    if (watched.uri()) {
      state.put("uri", request.uri());
      state.put("args", request.args());
    }
    if (watched.status()) {
      state.put("status", (double) request.status());
    }
    if (watched.chunk() && request.phase() == Phase.BODY_FILTER) {
      state.put("chunk", new String(request.filterChunk(), StandardCharsets.ISO_8859_1));
    }
    return state;
  }

  private static void headers(
      String kind, Set<String> watched, Headers headers, Map<String, @Nullable Object> state) {
    if (watched.contains("*")) {
      headers.forEach((name, _) -> {
        String lower = name.toLowerCase(Locale.ROOT);
        header(kind, lower, headers, state);
      });
    }
    for (String name : watched) {
      if (!name.equals("*")) {
        header(kind, name, headers, state);
      }
    }
  }

  private static void header(
      String kind, String lower, Headers headers, Map<String, @Nullable Object> state) {
    List<String> values = headers.all(lower);
    state.put(kind + lower, none(values));
    if (!values.isEmpty() && FieldSpelling.isShown(lower)) {
      state.put(Watched.SPELLING + kind + lower, headers.spelling(lower));
    }
  }

  /** Adds what was chosen for the upstream, and when timers are due. */
  static void choices(Journal journal, Watched watched, Map<String, @Nullable Object> state) {
    for (Journal.Entry entry : journal.entries()) {
      if (entry instanceof Journal.Entry.Chose(String what, String value)) {
        if (!what.equals("timer")) {
          state.put(what, value);
        } else if (watched.timers()) {
          DueTimers.add(state, value);
        }
      }
    }
  }

  /** Adds what was written to the error log, where that was noted. */
  static void lines(Journal journal, Map<String, @Nullable Object> state) {
    if (journal.lineLevel() != Journal.NO_LINES) {
      state.put(Watched.LOG, none(journal.lines()));
    }
  }

  private static @Nullable Object none(List<String> values) {
    return values.isEmpty() ? null : List.copyOf(values);
  }
}
