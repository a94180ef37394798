package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
    for (String name : watched.requestHeaders()) {
      state.put("request header " + name, none(request.requestHeaders().all(name)));
    }
    for (String name : watched.responseHeaders()) {
      state.put("response header " + name, none(request.responseHeaders().all(name)));
    }
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

  /** Adds what was chosen for the upstream. */
  static void choices(Journal journal, Map<String, @Nullable Object> state) {
    for (Journal.Entry entry : journal.entries()) {
      if (entry instanceof Journal.Entry.Chose(String what, String value)) {
        state.put(what, value);
      }
    }
  }

  private static @Nullable Object none(List<String> values) {
    return values.isEmpty() ? null : List.copyOf(values);
  }
}
