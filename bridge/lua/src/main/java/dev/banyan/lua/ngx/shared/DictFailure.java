package dev.banyan.lua.ngx.shared;

/**
 * An operation that the state of its key does not allow. It has no stack trace: it is an answer.
 */
public final class DictFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, in lua-nginx-module's words. */
  public enum Reason {
    /** No live value under the key. */
    NOT_FOUND("not found"),
    /** A live value under the key. */
    EXISTS("exists"),
    /** The value does not fit, or only by evicting more than allowed. */
    NO_MEMORY("no memory"),
    /** A list does not fit that would begin. */
    NO_LIST("no memory"),
    /** The value is not a number. */
    NOT_A_NUMBER("not a number"),
    /** The value is not a list. */
    NOT_A_LIST("value not a list"),
    /** The value is a list. */
    IS_A_LIST("value is a list");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The text that Lua code gets. */
    public String text() {
      return text;
    }
  }

  private final Reason reason;

  DictFailure(Reason reason) {
    super(reason.text(), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
