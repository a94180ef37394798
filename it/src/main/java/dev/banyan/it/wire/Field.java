package dev.banyan.it.wire;

/** One header field as it was sent: its name's spelling kept, its value without outer blanks. */
public record Field(String name, String value) {
  /** Whether this is the field of that name, however it is spelt. */
  public boolean named(String other) {
    return name.equalsIgnoreCase(other);
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
