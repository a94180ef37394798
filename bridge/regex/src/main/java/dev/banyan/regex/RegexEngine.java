package dev.banyan.regex;

/** What runs the patterns of this process. */
public enum RegexEngine {
  /** The PCRE2 library of the system: exact. */
  PCRE2,
  /** {@code java.util.regex} behind a translation that refuses what it cannot express. */
  JAVA
}
