package dev.banyan.regex;

/**
 * How a pattern is compiled and matched; the union of what nginx and {@code ngx.re} can ask for.
 */
public enum RegexOption {
  /** Letters match either case. */
  CASELESS,
  /** {@code ^} and {@code $} match at line breaks too. */
  MULTILINE,
  /** {@code .} matches a line feed too. */
  DOTALL,
  /** White space and comments in the pattern are ignored. */
  EXTENDED,
  /** Pattern and subject are UTF-8; both are checked. */
  UTF,
  /** With {@link #UTF}: the subject is trusted to be valid. */
  NO_UTF_CHECK,
  /** Matches only at the offset given. */
  ANCHORED,
  /** Several groups may have one name. */
  DUPLICATE_NAMES,
  /** Empty classes, unset back references and {@code \\u} as in JavaScript. */
  JAVASCRIPT,
  /** The longest match instead of the first one, without captures. */
  DFA,
  /** Compiles the pattern to machine code where the engine can. */
  JIT
}
