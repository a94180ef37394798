package dev.banyan.testkit;

import dev.banyan.api.Headers;
import dev.banyan.api.View;
import dev.banyan.host.CallView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Not thread-safe: a request for a port's test, built up field by field. */
public final class TestCall implements CallView {
  private final Headers headers = new Headers();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Object> ctx = new HashMap<>();
  private String method = "GET";
  private String path = "/";
  private String args = "";
  private byte @Nullable [] body;

  /** A GET of {@code target} without headers. */
  public static TestCall get(String target) {
    TestCall call = new TestCall();
    int mark = target.indexOf('?');
    call.path = mark < 0 ? target : target.substring(0, mark);
    call.args = mark < 0 ? "" : target.substring(mark + 1);
    return call;
  }

  /** The same with another method. */
  public TestCall method(String name) {
    method = name;
    return this;
  }

  /** Adds a request header. */
  public TestCall header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** Sets an nginx variable. */
  public TestCall variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Sets a key of {@code ngx.ctx}: a string, double, boolean, or a map for a table. */
  public TestCall ctx(String key, Object value) {
    ctx.put(key, value instanceof Map<?, ?> map ? MapView.of(map) : value);
    return this;
  }

  /** Sets the body. */
  public TestCall body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawTarget() {
    return args.isEmpty() ? path : path + "?" + args;
  }

  @Override
  public String args() {
    return args;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.first(name);
  }

  @Override
  public List<String> headers(String name) {
    return headers.all(name);
  }

  @Override
  public Headers allHeaders(int max) {
    Headers copy = headers.copy();
    while (max > 0 && copy.size() > max) {
      copy.removeAt(copy.size() - 1);
    }
    return copy;
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public @Nullable Object ctx(String key) {
    return ctx.get(key);
  }

  @Override
  public byte @Nullable [] body(int max) {
    return body == null || body.length > max ? null : body;
  }

  @Override
  public boolean detached() {
    return false;
  }

  /** A table made of a map. */
  record MapView(Map<String, Object> entries) implements View {
    static MapView of(Map<?, ?> map) {
      Map<String, Object> entries = new HashMap<>();
      map.forEach((key, value) ->
          entries.put(String.valueOf(key), value instanceof Map<?, ?> inner ? of(inner) : value));
      return new MapView(entries);
    }

    @Override
    public @Nullable Object get(String key) {
      return entries.get(key);
    }

    @Override
    public @Nullable Object at(int index) {
      return entries.get(Integer.toString(index));
    }

    @Override
    public int length() {
      int n = 0;
      while (entries.containsKey(Integer.toString(n + 1))) {
        n++;
      }
      return n;
    }

    @Override
    public List<String> keys() {
      return List.copyOf(entries.keySet());
    }

    @Override
    public View snapshot(int maxEntries) {
      return this;
    }
  }
}
