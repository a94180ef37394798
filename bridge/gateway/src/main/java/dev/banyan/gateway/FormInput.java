package dev.banyan.gateway;

import dev.banyan.api.Phase;
import java.util.ArrayList;
import java.util.List;

/** The fields of a form in a request's body, as they are sent. */
final class FormInput {
  private static final String FORM = "application/x-www-form-urlencoded";

  private FormInput() {}

  /** The first field of a name; empty for none. */
  static String first(Request r, String name) {
    List<String> values = holdsForm(r) ? values(r, name) : List.of();
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** All fields of a name, as an array; empty, and no array, for a request without a form. */
  static String all(Request r, String name) {
    return holdsForm(r) ? ArrayValues.of(values(r, name)) : "";
  }

  /** Whether there is a form to read, which there is none of before the request has a location. */
  private static boolean holdsForm(Request r) {
    String type = r.headers().first("Content-Type");
    return r.phase() == Phase.REWRITE
        && (r.method().equals("POST") || r.method().equals("PUT"))
        && type != null
        && type.regionMatches(true, 0, FORM, 0, FORM.length());
  }

  private static List<String> values(Request r, String name) {
    r.body().read();
    if (r.body().file() != null) {
      r.log(
          ErrorLog.ERROR,
          "form-input: in-file buffer found. aborted."
              + " consider increasing your client_body_buffer_size setting");
      return List.of();
    }
    byte[] body = r.body().memory();
    List<String> values = new ArrayList<>();
    if (body == null || name.isEmpty()) {
      return values;
    }
    String start = name + "=";
    for (String field : Octets.string(body).split("&", -1)) {
      if (field.regionMatches(true, 0, start, 0, start.length())) {
        values.add(field.substring(start.length()));
      }
    }
    return values;
  }
}
