package dev.banyan.transport;

/** What is done with requests. Called in a new fiber of the connection's loop, one a request. */
public interface ExchangeHandler {
  /** Answers a request; an exchange that was not ended when this returns is aborted. */
  void handle(HttpExchange exchange);

  /**
   * Answers a head that was refused; the connection closes afterwards. The exchange holds what
   * could be read: method and target may be empty.
   */
  void malformed(BadRequest why, HttpExchange exchange);
}
