package dev.banyan.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  /** Replaces a response header by fields of these values, in order; none removes it. */
  record ResponseHeaders(String name, List<String> values) implements Effect {
    /** Copies the values and refuses octets that would break the message apart. */
    public ResponseHeaders {
      values = List.copyOf(values);
      Octets.requireField(name, null);
      for (String value : values) {
        Octets.requireField(name, value);
      }
    }
  }

  /** Sets the status of the response without answering. */
  record Status(int status) implements Effect {}

  /** Replaces the piece of the response body that passes the body filter. */
  record Piece(byte[] bytes) implements Effect {}

  /** Chooses the peer of an upstream, an address and a port. */
  record Peer(String host, int port) implements Effect {}

  /** Allows this many more tries of an upstream. */
  record MoreTries(int count) implements Effect {}

  /**
   * Runs the port's method of that {@link Timer} name later.
   *
   * @param delay at least zero, counted in whole milliseconds as {@code ngx.timer.at} does
   * @param arguments strings, numbers, booleans and null
   */
  record Later(String timer, Duration delay, List<@Nullable Object> arguments) implements Effect {
    /** Copies the arguments and refuses those that can't outlive the request. */
    public Later {
      arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
      for (Object argument : arguments) {
        if (!(argument == null
            || argument instanceof String
            || argument instanceof Double
            || argument instanceof Boolean)) {
          throw new IllegalArgumentException(
              "a timer's argument is a String, a Double, a Boolean or null, not a "
                  + argument.getClass().getName());
        }
      }
      if (delay.isNegative()) {
        throw new IllegalArgumentException("the delay of timer " + timer + " is below zero");
      }
    }
  }

  /** Appends to a file beneath the prefix folder. */
  record Append(String file, Line line) implements Effect {}

  /** Sets an nginx variable; null unsets it. */
  record Variable(String name, @Nullable String value) implements Effect {}

  /**
   * Sets a key of {@code ngx.ctx}: a string, number, boolean, list, map, {@link Legacy}, {@link
   * View}, or null for nil.
   */
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
