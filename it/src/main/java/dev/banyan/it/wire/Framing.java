package dev.banyan.it.wire;

/** How the end of a body is told. */
public enum Framing {
  /** There is no body. */
  NONE,
  /** By {@code Content-Length}. */
  SIZED,
  /** By {@code Transfer-Encoding: chunked}. */
  CHUNKED,
  /** By closing the connection. */
  UNTIL_CLOSE
}
