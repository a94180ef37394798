package dev.banyan.transport;

/**
 * Why a request head was refused.
 *
 * @param status nginx's status: 400, 405, 414, 494, 501 or 505
 * @param reason for the error log, in nginx's words
 * @param inLine whether the request line was at fault, so that its target may be no whole one
 */
public record BadRequest(int status, String reason, boolean inLine) {
  /** What is wrong, wherever that is. */
  public BadRequest(int status, String reason) {
    this(status, reason, false);
  }
}
