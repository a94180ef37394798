package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.FieldSpelling;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a request at one moment, in plain values, all strings octets.
 *
 * @param method its method
 * @param target as sent by the client
 * @param uri the current normalised URI
 * @param args the current raw arguments
 * @param requestHeaders in their order
 * @param variables nginx variables by name; those that are not set are left out
 * @param ctx {@code ngx.ctx}
 * @param status of the response, 0 while there is none
 * @param responseHeaders in their order
 * @param body of the request, when somebody has read it into memory
 * @param chunk the piece in the body filter; null in other phases
 * @param lastChunk whether that is the last
 * @param failure how the last try of the upstream failed, in the balancer
 * @param failureStatus and with which status
 */
public record RecordedState(
    String method,
    String target,
    String uri,
    String args,
    List<Field> requestHeaders,
    Map<String, String> variables,
    Map<String, @Nullable Object> ctx,
    int status,
    List<Field> responseHeaders,
    @Nullable String body,
    @Nullable String chunk,
    boolean lastChunk,
    @Nullable String failure,
    int failureStatus) {
  /** Copies the collections. */
  public RecordedState {
    requestHeaders = List.copyOf(requestHeaders);
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    ctx = Collections.unmodifiableMap(new TreeMap<>(ctx));
    responseHeaders = List.copyOf(responseHeaders);
  }

  /** The values of a header, in their order; names in any case. */
  public static List<String> all(List<Field> head, String name) {
    return head.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /**
   * The watched places, in the terms of an {@link Observed}'s state.
   *
   * @param journal where the choice of a peer stands
   */
  public Map<String, @Nullable Object> places(Watched watched, Journal journal) {
    Map<String, @Nullable Object> state = new TreeMap<>();
    for (String key : watched.ctx()) {
      state.put("ctx " + key, view(ctx.get(key)));
    }
    watched.vars().forEach(name -> state.put("var " + name, variables.get(name)));
    head("request header ", watched.requestHeaders(), requestHeaders, state);
    head("response header ", watched.responseHeaders(), responseHeaders, state);
    if (watched.uri()) {
      state.put("uri", uri);
      state.put("args", args);
    }
    if (watched.status()) {
      state.put("status", (double) status);
    }
    if (watched.chunk() && chunk != null) {
      state.put("chunk", chunk);
    }
    if (watched.peer() || watched.timers()) {
      RequestState.choices(journal, watched, state);
    }
    RequestState.lines(journal, state);
    return state;
  }

  private static void head(
      String kind, Set<String> watched, List<Field> head, Map<String, @Nullable Object> state) {
    Set<String> names = new TreeSet<>();
    if (watched.contains("*")) {
      head.forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
    }
    watched.stream().filter(name -> !name.equals("*")).forEach(names::add);
    for (String name : names) {
      List<String> values = all(head, name);
      state.put(kind + name, values.isEmpty() ? null : values);
      if (!values.isEmpty() && FieldSpelling.isShown(name)) {
        state.put(Watched.SPELLING + kind + name, spelling(head, name));
      }
    }
  }

  private static String spelling(List<Field> head, String name) {
    return head.stream()
        .map(Field::name)
        .filter(spelled -> spelled.equalsIgnoreCase(name))
        .findFirst()
        .orElse(name);
  }

  /** A recorded value as a port sees it: a table as a view. */
  public static @Nullable Object view(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> JavaView.of(map);
      case List<?> list -> JavaView.of(list);
      case null, default -> value;
    };
  }

  /** A line of a head. */
  public record Field(String name, String value) {}
}
