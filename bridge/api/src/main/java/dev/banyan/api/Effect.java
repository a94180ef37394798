package dev.banyan.api;

import org.jspecify.annotations.Nullable;

/** One change that a port asks for; the host applies all of a decision's effects or none. */
public sealed interface Effect {
  /** Replaces a request header; a null value removes it. */
  record RequestHeader(String name, @Nullable String value) implements Effect {
    /** Refuses octets that would break the message apart. */
    public RequestHeader {
      Octets.requireField(name, value);
    }
  }

  /** Replaces a response header; a null value removes it. */
  record ResponseHeader(String name, @Nullable String value) implements Effect {
    /** Refuses octets that would break the message apart. */
    public ResponseHeader {
      Octets.requireField(name, value);
    }
  }

  /** Sets an nginx variable; null unsets it. */
  record Variable(String name, @Nullable String value) implements Effect {}

  /** Sets a key of {@code ngx.ctx}: a string, number, boolean, list, map, or null for nil. */
  record Context(String key, @Nullable Object value) implements Effect {}

  /** Rewrites the URI. */
  record Uri(String uri) implements Effect {
    /** Refuses octets that would break the message apart. */
    public Uri {
      Octets.requireTarget(uri);
    }
  }

  /** Rewrites the raw arguments. */
  record Arguments(String raw) implements Effect {
    /** Refuses octets that would break the message apart. */
    public Arguments {
      Octets.requireTarget(raw);
    }
  }

  /** Writes to the error log at a level of nginx (4 is error, 5 warn, 6 notice, 7 info). */
  record Log(int level, String message) implements Effect {}
}
