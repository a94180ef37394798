package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.path.PathBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Owned by one dry run: what each path did, by place, as far as the run has come. */
final class PathPlaces {
  private static final String SET_COOKIE = "Set-Cookie";
  private static final String VALUE = "value";

  private final Map<String, @Nullable Object> old = new TreeMap<>();
  private final Map<String, @Nullable Object> dry = new TreeMap<>();

  /** A place in both paths. */
  void put(String place, @Nullable Object oldValue, @Nullable Object dryValue) {
    old.put(place, oldValue);
    dry.put(place, dryValue);
  }

  /** A body in both paths, each with the fields of its message. */
  void body(String place, String oldBody, Headers oldHead, String dryBody, Headers dryHead) {
    put(place, PathBody.of(oldBody, oldHead), PathBody.of(dryBody, dryHead));
  }

  /**
   * The heads of two requests to an origin: each name's values in their order, and the order of the
   * names, which tells only when no field differs.
   */
  void upstream(String what, Headers oldHead, Headers dryHead) {
    fields(what, oldHead, old);
    fields(what, dryHead, dry);
    List<String> oldNames = names(oldHead);
    List<String> dryNames = names(dryHead);
    if (oldNames.stream().sorted().toList().equals(dryNames.stream().sorted().toList())) {
      put(what + ".header order", String.join(", ", oldNames), String.join(", ", dryNames));
    }
  }

  /**
   * The heads of two responses: each name's values in their order, cookies by attribute. The order
   * of names means nothing there.
   */
  void response(Headers oldHead, Headers dryHead) {
    fields("response", withoutCookies(oldHead), old);
    fields("response", withoutCookies(dryHead), dry);
    cookies(oldHead, old);
    cookies(dryHead, dry);
  }

  private static Headers withoutCookies(Headers head) {
    Headers rest = head.copy();
    rest.remove(SET_COOKIE);
    return rest;
  }

  private static void cookies(Headers head, Map<String, @Nullable Object> places) {
    Map<String, List<Object>> byName = new TreeMap<>();
    for (String cookie : head.all(SET_COOKIE)) {
      String[] parts = cookie.split(";", -1);
      Map<String, String> attributes = new TreeMap<>();
      String name = attribute(parts[0], VALUE, attributes);
      for (int i = 1; i < parts.length; i++) {
        attribute(parts[i], "", attributes);
      }
      byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(attributes);
    }
    byName.forEach((name, all) -> places.put("response.cookie " + name, all));
  }

  /** Notes a part of a cookie; answers its name. */
  private static String attribute(String part, String as, Map<String, String> attributes) {
    int equals = part.indexOf('=');
    String name = (equals < 0 ? part : part.substring(0, equals)).strip();
    String value = equals < 0 ? "" : part.substring(equals + 1).strip();
    attributes.put(as.isEmpty() ? attribute(name) : as, value);
    return name;
  }

  /** An attribute that is called as the value's place doesn't stand there. */
  private static String attribute(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(VALUE) ? "attribute " + VALUE : lower;
  }

  private static void fields(String what, Headers head, Map<String, @Nullable Object> places) {
    for (int i = 0; i < head.size(); i++) {
      String name = head.name(i).toLowerCase(Locale.ROOT);
      places.putIfAbsent(what + ".header " + name, List.copyOf(head.all(name)));
    }
  }

  private static List<String> names(Headers head) {
    List<String> names = new ArrayList<>(head.size());
    head.forEach((name, _) -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }

  /** What the old path did. */
  Map<String, @Nullable Object> old() {
    return old;
  }

  /** What the new one would have done. */
  Map<String, @Nullable Object> dry() {
    return dry;
  }
}
