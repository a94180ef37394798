package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.nginx.SrcacheSettings;
import org.jspecify.annotations.Nullable;

/** The subrequests of the srcache module. */
final class SrcacheCall {
  private SrcacheCall() {}

  /** A subrequest as it is written, evaluated now; with a body of its own unless that is null. */
  static Request of(Request r, SrcacheSettings.Call call, byte @Nullable [] body, Sink sink) {
    String location = call.location().evaluate(r);
    String given = call.args() == null ? "" : call.args().evaluate(r);
    LocationUri target = LocationUri.parse(location);
    if (target == null) {
      throw new ResponseAborted(-1);
    }
    if (r.depth() < 0) {
      r.log(ErrorLog.ERROR, "subrequests cycle while processing \"" + target.path() + "\"");
      throw new ResponseAborted(-1);
    }
    SubrequestPlan plan =
        new SubrequestPlan(
            call.method(),
            target.path(),
            given.isEmpty() ? target.args() : given,
            body == null ? r.headers().copy() : headers(r, body.length),
            body == null ? SubrequestPlan.BodyPlan.INHERIT : SubrequestPlan.BodyPlan.bytes(body),
            new Cells(r.service().http().variables().cells()),
            null);
    return new Request(r, plan, sink);
  }

  private static Headers headers(Request r, int length) {
    Headers headers = new Headers();
    headers.add("Content-Length", Integer.toString(length));
    r.headers()
        .forEach((name, value) -> {
          if (!name.equalsIgnoreCase("Content-Length")) {
            headers.add(name, value);
          }
        });
    return headers;
  }
}
