package dev.banyan.server.learn;

import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.RecordedState.Field;
import dev.banyan.router.parity.Redactor;
import dev.banyan.vectors.VectorJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: takes out of a recorded call what its module has no use for, and
 * leaves out a call whose secrets the module reads: an altered vector would tell something that
 * never was.
 */
final class Sanitizer {
  private static final String GONE = "redacted";
  private static final int MOST_REASONS = 16;

  private final ModuleText text;
  private final Set<String> keep;
  private final Redactor redactor = Redactor.withFreshKey(Set.of(), Redactor.Bodies.KEPT);

  Sanitizer(ModuleText text, Set<String> keep) {
    this.text = text;
    this.keep = keep;
  }

  /** Why a call is left out, and what to do about it. */
  static final class LeftOut extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String name;

    /**
     * With the reason.
     *
     * @param name by which the secret that is the reason can be kept, if one is
     */
    LeftOut(String reason, @Nullable String name) {
      super(reason, null, false, false);
      this.name = name;
    }
  }

  /**
   * The call without the secrets that its module doesn't read.
   *
   * @throws LeftOut when it reads one, or when something can't be recorded
   */
  RecordedCall sanitize(RecordedCall call) throws LeftOut {
    for (String place : call.opaque()) {
      if (isRead(place)) {
        throw new LeftOut(place + " can't be recorded: " + instead(place), null);
      }
    }
    if (!call.changed().isEmpty()) {
      throw new LeftOut(
          call.changed().getFirst()
              + " is changed by the call, which a port can't do: let it return what is new",
          null);
    }
    refuse("argument", call.arguments());
    refuse("result", call.results());
    refuse("answer", call.printed());
    refuse("world", world(call));
    return new RecordedCall(
        call.module(),
        call.function(),
        call.phase(),
        call.arguments(),
        fields(call),
        call.methods(),
        state(call.before(), call),
        state(call.after(), call),
        call.results(),
        call.error(),
        call.ending(),
        call.printed(),
        call.journal(),
        call.newCode(),
        List.of(),
        List.of());
  }

  /**
   * All reasons for which a call is left out, so that nobody learns of the next one only after the
   * next recording; empty when it isn't.
   */
  List<String> refusals(RecordedCall call) {
    List<String> reasons = new ArrayList<>();
    Set<String> kept = new HashSet<>(keep);
    Sanitizer next = this;
    while (reasons.size() < MOST_REASONS) {
      try {
        next.sanitize(call);
        return reasons;
      } catch (LeftOut e) {
        reasons.add(String.valueOf(e.getMessage()));
        if (e.name == null || !kept.add(LearnOptions.normal(e.name))) {
          return reasons;
        }
        next = new Sanitizer(text, kept);
      }
    }
    return reasons;
  }

  /** What to do about a value that has no form outside of Lua. */
  private static String instead(String place) {
    if (place.contains(": a ")) {
      return "leave the function to Lua, or have it take and give data";
    }
    if (place.startsWith("body")) {
      return "the shadow compares such calls; raise client_body_buffer_size to have them recorded";
    }
    return "the shadow compares such calls; no vector can hold them";
  }

  /** Whether the module may read what stands at a place that can't be recorded. */
  private boolean isRead(String place) {
    if (place.startsWith("ctx ")) {
      return text.ctxKeys().contains(place.substring(4).split("[.\\[: ]")[0]);
    }
    return true;
  }

  private static @Nullable Object world(RecordedCall call) {
    return VectorJson.write(call).get("world");
  }

  private Map<String, @Nullable Object> fields(RecordedCall call) throws LeftOut {
    Map<String, @Nullable Object> fields = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> field : call.fields().entrySet()) {
      fields.put(
          field.getKey(), value("field " + field.getKey(), field.getKey(), field.getValue()));
    }
    return fields;
  }

  private RecordedState state(RecordedState state, RecordedCall call) throws LeftOut {
    Map<String, @Nullable Object> ctx = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> entry : state.ctx().entrySet()) {
      String key = entry.getKey();
      boolean same = Objects.equals(call.before().ctx().get(key), call.after().ctx().get(key));
      if (text.ctxKeys().contains(key) || text.mentions(key) || !same) {
        ctx.put(key, value("ctx " + key, key, entry.getValue()));
      }
    }
    Map<String, String> variables = new TreeMap<>();
    for (Map.Entry<String, String> one : state.variables().entrySet()) {
      variables.put(one.getKey(), variable(one.getKey(), one.getValue()));
    }
    return new RecordedState(
        state.method(),
        target(state.target()),
        whole("uri", state.uri()),
        arguments(state.args()),
        head(state.requestHeaders()),
        variables,
        ctx,
        state.status(),
        head(state.responseHeaders()),
        optional("body", state.body()),
        optional("chunk", state.chunk()),
        state.lastChunk(),
        state.failure(),
        state.failureStatus());
  }

  private String variable(String name, String value) throws LeftOut {
    if (!isSecret(name, value)) {
      return value;
    }
    if (name.equals("request_uri")) {
      return target(value);
    }
    if (name.equals("args") || name.equals("query_string")) {
      return arguments(value);
    }
    throw read("variable " + name, name.replaceFirst("^(http|cookie|arg)_", ""));
  }

  private List<Field> head(List<Field> head) throws LeftOut {
    List<Field> clean = new ArrayList<>(head.size());
    for (Field field : head) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("cookie")) {
        clean.add(new Field(field.name(), cookies(field.value())));
      } else if (!isSecret(name, field.value())) {
        clean.add(field);
      } else if (text.readsHeader(name)) {
        throw read("header " + name, name);
      } else {
        clean.add(new Field(field.name(), GONE));
      }
    }
    return clean;
  }

  private String cookies(String line) throws LeftOut {
    List<String> clean = new ArrayList<>();
    for (String pair : line.split("; *", -1)) {
      int equals = pair.indexOf('=');
      String name = (equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT);
      if (isKept("cookie") || isKept(name)) {
        clean.add(pair);
      } else if (text.readsCookie(name)) {
        throw read("cookie " + name, name);
      } else {
        clean.add(equals < 0 ? pair : pair.substring(0, equals + 1) + GONE);
      }
    }
    return String.join("; ", clean);
  }

  /** What the client asked for: its path as a whole, its arguments by their names. */
  private String target(String target) throws LeftOut {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    if (isSecret("uri", path)) {
      throw read("a part of the uri", "uri");
    }
    return mark < 0 ? target : path + "?" + arguments(target.substring(mark + 1));
  }

  /** Arguments by their names; one whose value looks like a secret is one. */
  private String arguments(String args) throws LeftOut {
    List<String> clean = new ArrayList<>();
    for (String pair : args.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals);
      if (equals < 0 || !isSecret(name, pair.substring(equals + 1))) {
        clean.add(pair);
      } else if (text.readsArguments()) {
        throw read("argument " + name + " of the request", name);
      } else {
        clean.add(name + "=" + GONE);
      }
    }
    return String.join("&", clean);
  }

  private @Nullable String optional(String place, @Nullable String value) throws LeftOut {
    return value == null ? null : whole(place, value);
  }

  private String whole(String place, String value) throws LeftOut {
    if (isSecret(place, value)) {
      throw read("something in the " + place, place);
    }
    return value;
  }

  /** A value whose secrets are cut out where the module doesn't name their place. */
  private @Nullable Object value(String place, String name, @Nullable Object value) throws LeftOut {
    return switch (value) {
      case String string when isSecret(name, string) -> {
        if (text.mentions(name)) {
          throw read(place, name);
        }
        yield GONE;
      }
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> clean = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          String key = String.valueOf(entry.getKey());
          clean.put(entry.getKey(), value(place + "." + key, key, entry.getValue()));
        }
        yield clean;
      }
      case List<?> list -> {
        List<@Nullable Object> clean = new ArrayList<>();
        for (Object item : list) {
          clean.add(value(place, name, item));
        }
        yield clean;
      }
      case null, default -> value;
    };
  }

  /** Refuses secrets in what the call itself gave, got or said. */
  private void refuse(String kind, @Nullable Object value) throws LeftOut {
    switch (value) {
      case String string when isSecret("", string) && !isKept(kind) ->
          throw read("a part of its " + kind, kind);
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          String key = String.valueOf(entry.getKey());
          if (entry.getValue() instanceof String string && isSecret(key, string) && !isKept(kind)) {
            throw read(kind + " " + key, key);
          }
          refuse(kind, entry.getValue());
        }
      }
      case List<?> list -> {
        for (Object item : list) {
          refuse(kind, item);
        }
      }
      case null, default -> {
        // no text
      }
    }
  }

  private boolean isSecret(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean kept = isKept(lower) || isKept(lower.replaceFirst("^(http|cookie|arg)_", ""));
    return !kept
        && !value.isEmpty()
        && String.valueOf(redactor.redact(name, value)).contains("[redacted,");
  }

  private boolean isKept(String name) {
    return keep.contains(LearnOptions.normal(name));
  }

  private static LeftOut read(String place, String name) {
    return new LeftOut(
        place + " is secret, and the module may use it: record it with --keep " + name, name);
  }
}
