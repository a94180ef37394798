package dev.banyan.it.traffic;

/**
 * One request to send, byte for byte.
 *
 * @param label what to call it when its answer is wrong
 */
public record Exchange(Kind kind, String label, String method, byte[] bytes) {
  @Override
  public String toString() {
    return kind + " " + label;
  }
}
