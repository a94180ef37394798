package dev.banyan.gateway;

/** A dry run can't go on: what it needs to know was not kept. No verdict follows from that. */
final class Unmeasured extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unmeasured(String reason) {
    super(reason, null, false, false);
  }

  /** Why, for the ranking of reasons. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
