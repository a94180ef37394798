package dev.banyan.api;

import java.io.IOException;
import java.time.Duration;

/**
 * Capability: HTTP calls that yield the request while they wait. In shadow the answer is the one
 * that the control got for the same call.
 */
@FunctionalInterface
public interface Http {
  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws IOException when there is no answer, in time or at all
   */
  Answer send(Call call) throws IOException;

  /**
   * A GET with a time limit of ten seconds.
   *
   * @throws IOException when there is no answer
   */
  default Answer get(String host, int port, String target) throws IOException {
    return send(new Call("GET", host, port, target, new Headers(), new byte[0], Call.TIMEOUT));
  }

  /**
   * A POST with a time limit of ten seconds.
   *
   * @throws IOException when there is no answer
   */
  default Answer post(String host, int port, String target, String type, byte[] body)
      throws IOException {
    Headers headers = new Headers();
    headers.add("Content-Type", type);
    return send(new Call("POST", host, port, target, headers, body, Call.TIMEOUT));
  }

  /**
   * A request.
   *
   * @param method the method
   * @param host a name or an address
   * @param port the port
   * @param target the path and arguments
   * @param headers more headers; Host, Content-Length and Connection are added
   * @param body the body, empty for none
   * @param timeout for each of connecting, sending and reading
   */
  record Call(
      String method,
      String host,
      int port,
      String target,
      Headers headers,
      byte[] body,
      Duration timeout) {
    /** The time limit when none is given. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Refuses octets that would break the message apart. */
    public Call {
      Octets.requireTarget(target);
      Octets.requireTarget(method);
      headers.forEach(Octets::requireField);
    }
  }

  /**
   * An answer.
   *
   * @param status the status
   * @param headers the headers
   * @param body the whole body
   */
  record Answer(int status, Headers headers, byte[] body) {}
}
