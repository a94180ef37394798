package dev.banyan.testkit;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe: a request and the calls that its handlers make, for both sides of {@link
 * LuaTwins}.
 */
public final class TwinCall {
  final Headers requestHeaders = new Headers();
  final Headers responseHeaders = new Headers();
  final Map<String, String> variables = new TreeMap<>();
  final Map<String, Object> ctx = new LinkedHashMap<>();
  final List<Step> steps = new ArrayList<>();
  String method = "GET";
  final String target;
  byte @Nullable [] body;
  int status;
  @Nullable Map<String, Object> tenant;

  private TwinCall(String target) {
    this.target = target;
    variables.put("host", "edge.example.com");
    variables.put("remote_addr", "127.0.0.1");
    Stream.of(
            "tenant_id tenant_tier edge_action bot_class waf_score auth_user cache_key".split(" "))
        .forEach(name -> variables.put(name, ""));
    variables.put("upstream_group", "");
    variables.put("request_uid", "0123456789");
  }

  /** One call from a handler: its code, and for a body filter its piece. */
  record Step(Phase phase, String code, byte @Nullable [] chunk, boolean last) {}

  /** A GET of this target. */
  public static TwinCall get(String target) {
    return new TwinCall(target);
  }

  /** With another method. */
  public TwinCall method(String name) {
    method = name;
    return this;
  }

  /** With one more request header; null adds none. */
  public TwinCall header(String name, @Nullable String value) {
    if (value != null) {
      requestHeaders.add(name, value);
    }
    return this;
  }

  /** With a response head that came from the origin. */
  public TwinCall status(int code) {
    status = code;
    return this;
  }

  /** With one more response header; null adds none. */
  public TwinCall responseHeader(String name, @Nullable String value) {
    if (value != null) {
      responseHeaders.add(name, value);
    }
    return this;
  }

  /** With a variable. */
  public TwinCall variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** With a body and its length. */
  public TwinCall body(byte[] bytes) {
    body = bytes.clone();
    return header("Content-Length", Integer.toString(bytes.length));
  }

  /** With a key of {@code ngx.ctx}: a string, number, boolean, list or map. */
  public TwinCall ctx(String key, Object value) {
    ctx.put(key, value);
    return this;
  }

  /** With a tenant's record, which the legacy itself loads into {@code ngx.ctx.tenant}. */
  public TwinCall tenant(Map<String, Object> record) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("id", "t1");
    whole.put("hosts", List.of("edge.example.com"));
    whole.putAll(record);
    tenant = whole;
    return this;
  }

  /** Then calls a function of a module in this phase. */
  public TwinCall call(Phase phase, String module, String function, @Nullable Object... arguments) {
    String list =
        Stream.of(arguments).map(Literals::lua).collect(Collectors.joining(", ", "(", ")"));
    String code = "return require(\"" + module + "\")." + function + list;
    steps.add(new Step(phase, code, null, false));
    return this;
  }

  /** Then runs any code in this phase, such as one that calls a method of an object. */
  public TwinCall code(Phase phase, String lua) {
    steps.add(new Step(phase, lua, null, false));
    return this;
  }

  /** Then filters a piece of the response's body. */
  public TwinCall piece(String module, String text, boolean last) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    String code = "return require(\"" + module + "\").body_filter()";
    steps.add(new Step(Phase.BODY_FILTER, code, bytes, last));
    return this;
  }
}
