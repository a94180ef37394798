package dev.banyan.nginx;

/** How a location is chosen. */
public enum LocationKind {
  /** The server itself: what holds where no location matches. */
  SERVER,
  /** {@code location = /x}. */
  EXACT,
  /** {@code location /x}. */
  PREFIX,
  /** {@code location ^~ /x}: a longest prefix that regexes don't override. */
  PREFIX_OVER_REGEX,
  /** {@code location ~ x} and {@code ~* x}. */
  REGEX,
  /** {@code location @x}. */
  NAMED,
  /** The block of an {@code if} inside a location. */
  IF,
  /** The block of a {@code limit_except} inside a location. */
  LIMIT_EXCEPT
}
