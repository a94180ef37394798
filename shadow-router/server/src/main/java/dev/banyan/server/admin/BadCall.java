package dev.banyan.server.admin;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A call of the API that is not accepted; the message says what is. */
final class BadCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadCall(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Refuses a body that has another key than these. */
  static void refuseUnknown(JsonNode body, List<String> known) {
    for (String key : body.propertyNames()) {
      if (!known.contains(key)) {
        throw new BadCall(400, "unknown key \"" + key + "\": expected " + String.join(", ", known));
      }
    }
  }

  /** A whole number of a body, or {@code otherwise} where it has none. */
  static int number(JsonNode body, String key, int otherwise) {
    JsonNode value = body.path(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new BadCall(400, "\"" + key + "\" is " + value + ": expected a whole number");
    }
    return value.asInt();
  }

  int status() {
    return status;
  }
}
