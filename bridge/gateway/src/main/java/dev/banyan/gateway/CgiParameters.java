package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.CgiSettings;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what an application server is told of a request. */
final class CgiParameters {
  private static final String HEADER = "HTTP_";

  /** Fields that ask for less than the whole answer, which is what is kept. */
  private static final Set<String> PARTIAL =
      Set.of(
          "if_modified_since",
          "if_unmodified_since",
          "if_none_match",
          "if_match",
          "range",
          "if_range");

  private final Request r;
  private final CgiSettings settings;
  private final Headers all;
  private boolean whole;

  CgiParameters(Request r, CgiSettings settings) {
    this.r = r;
    this.settings = settings;
    this.all = Headers.withRoomFor(settings.parameters().size() + r.headers().size() + 1);
  }

  Headers all() {
    return all;
  }

  void add(String name, String value) {
    all.add(name, value);
  }

  /** Those of the configuration, in its order. */
  void addConfigured() {
    for (CgiSettings.Parameter parameter : settings.parameters()) {
      String value = parameter.value().evaluate(r);
      if (!parameter.ifNotEmpty() || !value.isEmpty()) {
        all.add(parameter.name(), value);
      }
    }
  }

  /**
   * Those of an answer that is kept, in the place of the request's own.
   *
   * @param conditions by which a server may say that what is kept still holds; null for none
   */
  void addConditions(@Nullable Headers conditions) {
    whole = true;
    for (int i = 0; conditions != null && i < conditions.size(); i++) {
      String name = under(conditions.name(i));
      if (!settings.replaced().contains(name.toLowerCase(Locale.ROOT))) {
        all.add(HEADER + name, conditions.value(i));
      }
    }
  }

  /** The request's fields that no parameter stands for. */
  void addFields() {
    Headers fields = r.headers();
    for (int i = 0; i < fields.size(); i++) {
      String name = under(fields.name(i));
      String lower = name.toLowerCase(Locale.ROOT);
      if (!settings.replaced().contains(lower) && !(whole && PARTIAL.contains(lower))) {
        all.add(HEADER + name, fields.value(i));
      }
    }
  }

  private static String under(String name) {
    StringBuilder under = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean small = c >= 'a' && c <= 'z';
      under.append(c == '-' ? '_' : small ? (char) (c - ('a' - 'A')) : c);
    }
    return under.toString();
  }
}
