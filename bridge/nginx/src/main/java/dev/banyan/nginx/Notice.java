package dev.banyan.nginx;

/** A directive that is accepted but has no effect here, or another one than on nginx. */
public record Notice(String message, String file, int line) {
  @Override
  public String toString() {
    return message + " in " + file + ":" + line;
  }
}
