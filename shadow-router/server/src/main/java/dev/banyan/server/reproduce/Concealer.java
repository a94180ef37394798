package dev.banyan.server.reproduce;

import dev.banyan.router.parity.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one vector's tree: puts what stands for a secret where there is one, and notes the
 * places. The rest stays as it was, so that both sides can run it.
 */
final class Concealer {
  /** Places that are named; there may be more. */
  private static final int MOST_PLACES = 20;

  /** What is a body under another name: what Lua printed, what went over a socket. */
  private static final Map<String, String> BODIES = Map.of("printed", "body", "octets", "body");

  private static final Set<String> INPUTS =
      Set.of("arguments", "fields", "origin", "request", "world");

  private final Redactor redactor;
  private final TreeSet<String> hidden = new TreeSet<>();

  Concealer(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The places of the input at which something was hidden, in the order of their names. */
  List<String> hidden() {
    return hidden.stream()
        .filter(place -> INPUTS.contains(place.split("[.\\[ ]", 2)[0]))
        .map(redactor::label)
        .distinct()
        .limit(MOST_PLACES)
        .toList();
  }

  /** A vector without its secrets. */
  Map<String, @Nullable Object> clean(Map<String, @Nullable Object> vector) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    vector.forEach((key, value) -> clean.put(key, clean(key, key, value)));
    return clean;
  }

  private @Nullable Object clean(String path, String name, @Nullable Object value) {
    return switch (value) {
      case String text -> text(path, name, text);
      case Map<?, ?> map -> map(path, name, map);
      case List<?> list -> list(path, name, list);
      case Number number when redactor.namesSecret(name) -> {
        hidden.add(path);
        yield redactor.whole(name, number.toString());
      }
      case null, default -> value;
    };
  }

  private String text(String path, String name, String text) {
    String clean = redactor.whole(BODIES.getOrDefault(name, name), text);
    if (!clean.equals(text)) {
      hidden.add(path);
    }
    return clean;
  }

  /** What is below a secret's name is secret too; an entry of a dict goes by its key. */
  private Map<String, @Nullable Object> map(String path, String name, Map<?, ?> map) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    boolean secret = redactor.namesSecret(name);
    Object entry = map.containsKey("operation") ? map.get("key") : null;
    map.forEach((key, value) -> {
      String own = String.valueOf(key);
      String named = secret ? name : isAnswer(own) && entry != null ? String.valueOf(entry) : own;
      clean.put(redactor.whole("", own), clean(path + "." + own, named, value));
    });
    return clean;
  }

  private static boolean isAnswer(String key) {
    return key.equals("answer") || key.equals("arguments");
  }

  /** A pair in a head goes by the head's name. */
  private List<@Nullable Object> list(String path, String name, List<?> list) {
    boolean head = name.equals("headers") || name.equals("responseHeaders");
    List<@Nullable Object> clean = new ArrayList<>(list.size());
    for (Object item : list) {
      if (head && item instanceof List<?> pair && pair.size() == 2) {
        String field = String.valueOf(pair.getFirst());
        String place = path + " " + field.toLowerCase(Locale.ROOT);
        clean.add(List.of(field, text(place, field, String.valueOf(pair.getLast()))));
      } else {
        clean.add(clean(path + "[]", name, item));
      }
    }
    return clean;
  }
}
