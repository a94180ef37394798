package dev.banyan.lua.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.seam.RecordedState.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;

/** Reads a whole request into plain values. */
final class StateReader {
  private StateReader() {}

  static RecordedState read(RequestHost request, CallRecorder recorder, PlainCopy copy) {
    boolean filter = request.phase() == Phase.BODY_FILTER;
    boolean balancer = request.phase() == Phase.BALANCER;
    String target = request.variable("request_uri");
    LuaTable ctx = RequestContext.table(request);
    return new RecordedState(
        request.method(),
        target == null ? "" : target,
        request.uri(),
        request.args(),
        fields(request.requestHeaders()),
        variables(request, recorder.variables()),
        ctx == null ? Map.of() : copy.fields(ctx, PlainCopy.CTX),
        request.status(),
        fields(request.responseHeaders()),
        body(request, recorder.maxBody(), copy),
        filter ? octets(request.filterChunk(), recorder.maxBody(), "chunk", copy) : null,
        filter && request.filterEof(),
        balancer ? request.balancer().lastFailure() : null,
        balancer ? request.balancer().lastFailureStatus() : 0);
  }

  private static List<Field> fields(Headers headers) {
    List<Field> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(new Field(name, value)));
    return fields;
  }

  private static Map<String, String> variables(RequestHost request, Set<String> names) {
    Map<String, String> values = new TreeMap<>();
    for (String name : names) {
      String value = request.variable(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  private static @Nullable String body(RequestHost request, int max, PlainCopy copy) {
    if (!request.bodyRead()) {
      return null;
    }
    if (request.bodyFile() != null) {
      copy.opaque().add("body in a file");
      return null;
    }
    byte[] data = request.bodyData();
    return data == null ? null : octets(data, max, "body", copy);
  }

  static @Nullable String octets(byte[] octets, int max, String where, PlainCopy copy) {
    if (octets.length > max) {
      copy.opaque().add(where + ": longer than " + max + " octets");
      return null;
    }
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
