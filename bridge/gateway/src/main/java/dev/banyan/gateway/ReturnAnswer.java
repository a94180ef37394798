package dev.banyan.gateway;

import dev.banyan.nginx.script.RewriteOutcome;

/** {@code return}. */
final class ReturnAnswer {
  private ReturnAnswer() {}

  static Verdict send(Request r, RewriteOutcome.Answer answer) {
    int status = answer.status();
    String text = answer.text();
    if (HttpStatus.redirects(status)) {
      r.response().redirectTo(text == null ? "" : text);
      return Verdict.status(status);
    }
    if (text == null) {
      if (status >= HttpStatus.BAD_REQUEST) {
        return Verdict.status(status);
      }
      text = "";
    }
    Response response = r.response();
    response.status(status);
    response.keepsNoStatus();
    byte[] body = Octets.bytes(text);
    MediaTypes.apply(r);
    response.send(body);
    return Verdict.answered();
  }
}
