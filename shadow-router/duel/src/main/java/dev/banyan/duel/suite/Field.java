package dev.banyan.duel.suite;

/** A header field as it stands on the wire. Both parts are octet strings. */
public record Field(String name, String value) {
  /** Whether it has that name, in any case of letters. */
  public boolean named(String other) {
    return name.equalsIgnoreCase(other);
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
