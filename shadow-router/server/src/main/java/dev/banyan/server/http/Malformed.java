package dev.banyan.server.http;

import java.io.IOException;

/**
 * What a client has sent is no request that can be answered; the message says what was expected.
 */
final class Malformed extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Malformed(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
