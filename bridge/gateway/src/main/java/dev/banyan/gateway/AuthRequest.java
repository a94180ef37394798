package dev.banyan.gateway;

import dev.banyan.nginx.AccessSettings;

/** {@code auth_request}: a subrequest decides. */
final class AuthRequest {
  private AuthRequest() {}

  static Verdict check(Request r, AccessSettings access) {
    String uri = access.authRequestUri();
    if (uri == null) {
      return Signal.NEXT;
    }
    String[] target = UriText.split(uri);
    CaptureSink sink = new CaptureSink(CaptureSink.Purpose.HEAD);
    Request sub =
        new Request(
            r,
            new SubrequestPlan(
                "GET",
                target[0],
                target[1],
                r.headers().copy(),
                SubrequestPlan.BodyPlan.WITHHELD,
                r.cells(),
                null),
            sink);
    sub.response().headerOnly(true);
    PhaseEngine.serve(sub, PhaseEngine.Entry.SERVER_REWRITE);
    if (sub.endsAll()) {
      return Verdict.status(HttpStatus.CLOSE);
    }
    for (AccessSettings.AuthVariable variable : access.authRequestVariables()) {
      r.set(variable.variable(), variable.value().evaluate(sub));
    }
    int status = sub.response().status();
    if (status >= HttpStatus.OK && status < HttpStatus.SPECIAL_RESPONSE) {
      return Signal.OK;
    }
    if (status == HttpStatus.FORBIDDEN) {
      return Verdict.status(status);
    }
    if (status == HttpStatus.UNAUTHORIZED) {
      String challenge = sub.response().headers().first("WWW-Authenticate");
      if (challenge != null) {
        r.response().headers().add("WWW-Authenticate", challenge); // auth_basic's may be there
      }
      return Verdict.status(status);
    }
    r.log(ErrorLog.ERROR, "auth request unexpected status: " + status);
    return Verdict.status(HttpStatus.INTERNAL_ERROR);
  }
}
